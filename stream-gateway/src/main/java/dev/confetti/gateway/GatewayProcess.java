package dev.confetti.gateway;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * A gateway as a process of its own. Keeps no logger, and touches no class that has one before it
 * has said where the log's configuration is.
 */
public final class GatewayProcess {
    private static final int FAILED = 1;
    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private GatewayProcess() {}

    /** Runs until the process is told to stop. */
    public static void main(String[] arguments) throws InterruptedException {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "dev/confetti/gateway/log.xml");
        }
        StreamGateway gateway;
        try {
            Settings settings =
                    Settings.read(
                            Arrays.asList(arguments), System.getProperties(), System.getenv());
            GatewayConfig config = settings.config();
            EngineCheck.kafka(config.kafkaBootstrap(), settings.startTimeout());
            PrometheusMeterRegistry registry =
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            new JvmMemoryMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            gateway = StreamGateway.startAlone(config, registry, registry::scrape);
        } catch (IllegalArgumentException | IllegalStateException e) {
            LoggerFactory.getLogger(GatewayProcess.class).debug("the start failed", e);
            System.err.println("stream-gateway: " + e.getMessage());
            System.exit(FAILED);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
        new CountDownLatch(1).await();
    }
}
