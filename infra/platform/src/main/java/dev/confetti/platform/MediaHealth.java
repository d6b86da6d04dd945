package dev.confetti.platform;

import dev.confetti.gateway.StreamGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the gateway's ports are open, told to a context that starts before the gateway. */
final class MediaHealth implements HealthIndicator {
    private volatile @Nullable StreamGateway gateway;

    void of(StreamGateway started) {
        gateway = started;
    }

    @Override
    public Health health() {
        StreamGateway started = gateway;
        return started != null && started.ready()
                ? Health.up().build()
                : Health.down().withDetail("reason", "the media ports are not ready").build();
    }
}
