package dev.confetti.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.GatewayConfig;
import dev.confetti.gateway.TlsConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UpOptionsTest {
    @Test
    void withoutOptionsEverythingIsOnItsUsualPortWithTheDemo() {
        PlatformConfig config = parsed(Map.of());
        assertThat(config.httpPort()).isEqualTo(8080);
        assertThat(config.gateway().mediaPort()).isEqualTo(8088);
        assertThat(config.gateway().rtmpPort()).isEqualTo(1935);
        assertThat(config.engines().postgresPort()).isEqualTo(15432);
        assertThat(config.engines().kafkaPort()).isEqualTo(19092);
        assertThat(config.engines().redisPort()).isEqualTo(16379);
        assertThat(config.engines().dataDir()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(config.publicUrl()).isEqualTo("http://localhost:8080");
        assertThat(config.mediaUrl()).isEqualTo("http://localhost:8088");
        assertThat(config.rtmpUrl()).isEqualTo("rtmp://localhost:1935");
        assertThat(config.demo()).isTrue();
        assertThat(config.devAuth()).isTrue();
    }

    @Test
    void thePortOffsetMovesEveryPort() {
        PlatformConfig config = parsed(Map.of(), "--port-offset", "1000", "--no-demo");
        assertThat(config.httpPort()).isEqualTo(9080);
        assertThat(config.gateway().mediaPort()).isEqualTo(9088);
        assertThat(config.gateway().rtmpPort()).isEqualTo(2935);
        assertThat(config.engines().postgresPort()).isEqualTo(16432);
        assertThat(config.engines().kafkaPort()).isEqualTo(20092);
        assertThat(config.engines().redisPort()).isEqualTo(17379);
        assertThat(config.publicUrl()).isEqualTo("http://localhost:9080");
        assertThat(config.devAuth()).isFalse();
    }

    @Test
    void everyOptionIsAlsoAVariableAndTheOptionWins() {
        Map<String, String> environment =
                Map.of(
                        "CONFETTI_DATA", "/var/lib/confetti",
                        "CONFETTI_PORT_OFFSET", "5",
                        "CONFETTI_BIND", "::1",
                        "CONFETTI_NO_DEMO", "true",
                        "CONFETTI_DEV_AUTH", "true",
                        "CONFETTI_POLICY", "sendsPerSecond=7,liveGrace=PT5S");
        PlatformConfig config = parsed(environment);
        assertThat(config.engines().dataDir()).isEqualTo(Path.of("/var/lib/confetti"));
        assertThat(config.httpPort()).isEqualTo(8085);
        assertThat(config.bind().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(config.demo()).isFalse();
        assertThat(config.devAuth()).isTrue();
        assertThat(config.policies()).isEqualTo(Map.of("sendsPerSecond", "7", "liveGrace", "PT5S"));
        assertThat(parsed(environment, "--port-offset", "9").httpPort()).isEqualTo(8089);
        assertThat(parsed(environment, "--no-demo").demo()).isFalse();
        assertThat(parsed(Map.of("CONFETTI_NO_DEMO", "false")).demo()).isTrue();
    }

    @Test
    void policiesCanBeRepeated() {
        assertThat(parsed(Map.of(), "--policy", "a=1", "--policy", "b=P7D").policies())
                .isEqualTo(Map.of("a", "1", "b", "P7D"));
    }

    @Test
    void namedEnginesAreUsed() {
        PlatformConfig config =
                parsed(
                        Map.of(
                                "CONFETTI_POSTGRES_URL", "postgresql://me:secret@db/shop",
                                "CONFETTI_KAFKA_BOOTSTRAP", "k1:9092,k2:9092",
                                "CONFETTI_REDIS_URL", "redis://r:6379"));
        assertThat(config.engines().postgres()).hasToString("jdbc:postgresql://db/shop as me");
        assertThat(config.engines().kafkaBootstrap()).isEqualTo("k1:9092,k2:9092");
        assertThat(config.engines().redisUrl()).hasToString("redis://r:6379");
    }

    @Test
    void thePublicUrlNamesTheHostForMediaToo() {
        PlatformConfig config = parsed(Map.of("CONFETTI_PUBLIC_URL", "https://gifts.example/"));
        assertThat(config.publicUrl()).isEqualTo("https://gifts.example");
        assertThat(config.mediaUrl()).isEqualTo("http://gifts.example:8088");
        assertThat(config.rtmpUrl()).isEqualTo("rtmp://gifts.example:1935");
    }

    @Test
    void portsWithTlsAreInTheUrlsThatAreHandedOutAndMoveWithTheOthers() {
        String[] options = {
            "--media-tls-port=8443",
            "--rtmps-port=1936",
            "--tls-certificate=/etc/c.pem",
            "--tls-key=/etc/k.pem",
            "--port-offset=10"
        };
        PlatformConfig config = parsed(Map.of(), options);
        assertThat(config.gateway().tls())
                .isEqualTo(new TlsConfig(1946, 8453, Path.of("/etc/c.pem"), Path.of("/etc/k.pem")));
        assertThat(config.mediaUrl()).isEqualTo("https://localhost:8453");
        assertThat(config.rtmpUrl()).isEqualTo("rtmps://localhost:1946");
        PlatformConfig onlyRtmps =
                parsed(
                        Map.of(
                                "CONFETTI_RTMPS_PORT", "1936",
                                "CONFETTI_TLS_CERTIFICATE", "/etc/c.pem",
                                "CONFETTI_TLS_KEY", "/etc/k.pem",
                                "CONFETTI_RTMP_URL", "rtmp://in.example"));
        assertThat(onlyRtmps.gateway().tls())
                .isEqualTo(new TlsConfig(1936, null, Path.of("/etc/c.pem"), Path.of("/etc/k.pem")));
        assertThat(onlyRtmps.mediaUrl()).isEqualTo("http://localhost:8088");
        assertThat(onlyRtmps.rtmpUrl()).isEqualTo("rtmp://in.example");
    }

    @Test
    void theGatewaysOwnVariablesCountButNotAgainstThePlatforms() {
        GatewayConfig gateway =
                parsed(
                                Map.of(
                                        "CONFETTI_GATEWAY_HOOK_URL", "https://hooks.example/in",
                                        "CONFETTI_GATEWAY_HOOK_SECRET", "sealed",
                                        "CONFETTI_GATEWAY_GRACE_MS", "7000",
                                        "CONFETTI_MEDIA_PORT", "9000",
                                        "CONFETTI_SERVICE_TOKEN", "shared",
                                        "CONFETTI_SERVICE_URL", "http://elsewhere:1",
                                        "CONFETTI_BIND", "::1"),
                                "--port-offset=1")
                        .gateway();
        assertThat(gateway.hookUrl()).hasToString("https://hooks.example/in");
        assertThat(gateway.hookSecret()).isEqualTo("sealed");
        assertThat(gateway.limits().graceMs()).isEqualTo(7000);
        assertThat(gateway.mediaPort()).isEqualTo(9001);
        assertThat(gateway.serviceToken()).isEqualTo("shared");
        assertThat(gateway.serviceUrl()).hasToString("http://[0:0:0:0:0:0:0:1]:8081");
        assertThat(gateway.bind()).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(parsed(Map.of()).gateway().serviceToken()).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--port-offset=-1 | --port-offset -1: expected 0 to 46443",
                "--port-offset=46444 | --port-offset 46444: expected 0 to 46443",
                "--port-offset=x | Invalid value for option '--port-offset': 'x' is not an int",
                "--bind=somewhere | --bind somewhere: expected an IP address, such as 127.0.0.1 or"
                        + " 0.0.0.0",
                "--bind=1.2.3 .4 | --bind 1.2.3 .4: expected an IP address",
                "--bind=0.0.0.0 | expected --dev-auth-on-network as well",
                "--policy=a | Value for option option '--policy' (NAME=VALUE) should be in"
                        + " KEY=VALUE[,KEY=VALUE]... format but was a",
                "--frobnicate | Unknown option: '--frobnicate'",
                "CONFETTI_PORT_OFFSET=many | 'many' is not an int",
                "CONFETTI_NO_DEMO=perhaps | 'perhaps' is not a boolean",
                "CONFETTI_REDIS_URL=localhost | Redis URL 'localhost': expected redis://",
                "CONFETTI_KAFKA_BOOTSTRAP=k | Kafka bootstrap 'k': expected host:port",
                "CONFETTI_POSTGRES_URL=db | PostgreSQL URL 'db': expected jdbc:postgresql://",
                "CONFETTI_PUBLIC_URL=gifts.example | CONFETTI_PUBLIC_URL 'gifts.example': expected"
                        + " http[s]://HOST[:PORT]",
                "--media-tls-port=8443 | tls-certificate is not set: expected a PEM file",
                "--rtmps-port=x | Invalid value for option '--rtmps-port': 'x' is not an int",
                "CONFETTI_GATEWAY_HOOK_URL=hooks | hookUrl \"hooks\": expected http://HOST:PORT",
                "CONFETTI_GATEWAY_HOOKS=x | CONFETTI_GATEWAY_HOOKS: not known; expected one of",
                "CONFETTI_MEDIA_PORT=many | media-port \"many\": expected a whole number"
            })
    void aWrongValueIsRefusedInOneLineThatNamesItAndWhatWasExpected(String given, String said) {
        StringWriter errors = new StringWriter();
        Map<String, String> environment = new HashMap<>();
        boolean variable = given.startsWith("CONFETTI_");
        if (variable) {
            int sign = given.indexOf('=');
            environment.put(given.substring(0, sign), given.substring(sign + 1));
        }
        CommandLine line = Confetti.commandLine(environment);
        line.setErr(new PrintWriter(errors));
        int code = variable ? line.execute("up") : line.execute("up", given);
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString().lines()).hasSize(1);
        assertThat(errors.toString().lines().findFirst())
                .hasValueSatisfying(first -> assertThat(first).contains(said));
    }

    private static PlatformConfig parsed(Map<String, String> environment, String... options) {
        CommandLine line = Confetti.commandLine(environment);
        String[] arguments = new String[options.length + 1];
        arguments[0] = "up";
        System.arraycopy(options, 0, arguments, 1, options.length);
        UpCommand up =
                (UpCommand) line.parseArgs(arguments).subcommand().commandSpec().userObject();
        return up.config();
    }
}
