package dev.confetti.platform;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code confetti up}: reads the options and runs the platform until a signal ends it. */
@Command(
        name = "up",
        description = {
            "Runs the whole platform in one process, with the demo on.",
            "",
            "Every option is also an environment variable: --port-offset is CONFETTI_PORT_OFFSET."
        })
final class UpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder that holds all data (default: ./data).")
    private Path data = Path.of("data");

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Moves all ports by N (default: 0).")
    private int portOffset;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: 127.0.0.1; engines never leave it).")
    private String bind = "127.0.0.1";

    // A flag with a fallback: without one picocli inverts the default, here the variable's value.
    @Option(
            names = "--no-demo",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "No synthetic stream and viewers.")
    private boolean noDemo;

    @Option(
            names = "--dev-auth",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "POST /v1/dev/tokens gives anybody any token. On with the demo.")
    private boolean devAuth;

    @Option(
            names = "--dev-auth-on-network",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Allows --dev-auth on an address that others reach.")
    private boolean devAuthOnNetwork;

    @Option(
            names = "--policy",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "Sets a policy, such as earningsHold=P7D; repeatable.")
    private Map<String, String> policies = new LinkedHashMap<>();

    @Option(
            names = "--media-tls-port",
            paramLabel = "PORT",
            description = "Media over HTTPS and HTTP/2 as well (default: off).")
    private @Nullable Integer mediaTlsPort;

    @Option(
            names = "--rtmps-port",
            paramLabel = "PORT",
            description = "RTMP over TLS as well (default: off).")
    private @Nullable Integer rtmpsPort;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "For these ports: the certificate with its chain, PEM.")
    private @Nullable Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "Its key, PEM: PKCS #8 without a password.")
    private @Nullable Path tlsKey;

    private final Map<String, String> environment;

    UpCommand(Map<String, String> environment) {
        this.environment = environment;
        // Picocli fills this and the options.
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws Exception {
        return new Launch(config()).run();
    }

    PlatformConfig config() {
        try {
            return PlatformConfig.of(
                    data,
                    portOffset,
                    bind,
                    !noDemo,
                    devAuth,
                    devAuthOnNetwork,
                    policies,
                    gatewayOptions(),
                    environment);
        } catch (PlatformException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Map<String, String> gatewayOptions() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "media-tls-port", mediaTlsPort);
        put(given, "rtmps-port", rtmpsPort);
        put(given, "tls-certificate", tlsCertificate);
        put(given, "tls-key", tlsKey);
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value.toString());
        }
    }
}
