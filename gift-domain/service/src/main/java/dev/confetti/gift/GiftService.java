package dev.confetti.gift;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Starts the gift service as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(GiftServiceConfiguration.class)
public class GiftService {

    public static void main(String[] args) {
        OwnProcess.run("gift-service", GiftService.class, GiftService::check, args);
    }

    private static void check(Environment environment) {
        GiftSettings settings =
                Binder.get(environment).bindOrCreate("confetti", GiftSettings.class);
        if (settings.serviceToken() == null) {
            throw new IllegalArgumentException(
                    "CONFETTI_SERVICE_TOKEN is not set: expected the secret that the stream"
                            + " gateways show");
        }
        if (settings.devAuth()
                && !OwnProcess.address(environment).isLoopbackAddress()
                && !environment.getProperty("confetti.dev-auth-on-network", Boolean.class, false)) {
            throw new IllegalArgumentException(
                    "CONFETTI_DEV_AUTH true on "
                            + environment.getProperty("server.address")
                            + " lets anybody on the network be anybody: expected"
                            + " CONFETTI_DEV_AUTH_ON_NETWORK true as well");
        }
        EngineCheck.postgres(settings.postgres());
        if (environment.getProperty("confetti.relay.enabled", Boolean.class, true)) {
            EngineCheck.kafka(settings.kafka().bootstrap(), OwnProcess.startTimeout(environment));
        }
    }
}
