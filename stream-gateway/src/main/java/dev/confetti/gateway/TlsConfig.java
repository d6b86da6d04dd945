package dev.confetti.gateway;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A further port for HTTP, with TLS and HTTP/2; validated when it is made.
 *
 * @param port 0 for any free one
 * @param certificate a PEM file: the certificate, then those between it and a root
 * @param key a PEM file with its private key in PKCS #8, not encrypted
 */
public record TlsConfig(int port, Path certificate, Path key) {
    public TlsConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("tls port " + port + ": expected 0 to 65535");
        }
        readable("tls certificate", certificate);
        readable("tls key", key);
    }

    private static void readable(String name, Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    name + " " + file + ": expected a PEM file that this process can read");
        }
    }
}
