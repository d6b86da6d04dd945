package dev.confetti.gift;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts the gift service as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(GiftServiceConfiguration.class)
public class GiftService {
    /**
     * What the service expects of the server that it runs in, for those who start it together with
     * other modules.
     */
    public static final Map<String, Object> SERVER_DEFAULTS =
            Map.of(
                    "spring.threads.virtual.enabled", "true",
                    "spring.main.banner-mode", "off",
                    "server.shutdown", "graceful",
                    "spring.lifecycle.timeout-per-shutdown-phase", "10s",
                    "management.endpoints.web.exposure.include", "health,prometheus",
                    "management.endpoint.health.show-details", "always");

    public static void main(String[] args) {
        SpringApplication service = new SpringApplication(GiftService.class);
        service.setDefaultProperties(SERVER_DEFAULTS);
        service.run(args);
    }
}
