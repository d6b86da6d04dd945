package dev.confetti.gateway;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The ports with TLS and what they prove themselves with; the files are read once, at the start.
 *
 * @param rtmpsPort for RTMP, 0 for any free one; null for none
 * @param mediaTlsPort for HTTP, likewise
 * @param certificate PEM, the server's own certificate first, then those of its chain
 * @param key PEM, PKCS #8 without a password
 */
public record TlsConfig(
        @Nullable Integer rtmpsPort, @Nullable Integer mediaTlsPort, Path certificate, Path key) {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    public TlsConfig {
        if (rtmpsPort != null) {
            GatewayConfig.port("rtmpsPort", rtmpsPort);
        }
        if (mediaTlsPort != null) {
            GatewayConfig.port("mediaTlsPort", mediaTlsPort);
        }
    }

    /**
     * Reads the files, to say early what is wrong with them.
     *
     * @throws IllegalArgumentException when one cannot be read, or they do not go together
     */
    public void requireUsable() {
        SslContext _ = serverContext(context -> context);
    }

    /**
     * Reads the files.
     *
     * @param further sets what one port needs beyond certificate and protocols
     * @throws IllegalArgumentException when one cannot be read, or they do not go together
     */
    SslContext serverContext(UnaryOperator<SslContextBuilder> further) {
        readable("tls-certificate", certificate);
        readable("tls-key", key);
        try {
            return further.apply(
                            SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                                    .sslProvider(SslProvider.JDK)
                                    .protocols(PROTOCOLS))
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "tls-certificate "
                            + certificate
                            + " and tls-key "
                            + key
                            + ": expected a PEM certificate chain and its private key in PKCS #8"
                            + " without a password (BEGIN PRIVATE KEY), found: "
                            + cause.getMessage(),
                    e);
        }
    }

    private static void readable(String name, Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    name + " " + file + ": expected a file that this process may read");
        }
    }
}
