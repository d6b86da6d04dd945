package dev.confetti.gift.relay;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether events get out: up also while the broker is away, which costs nothing but lag and would
 * not be mended by a restart; down before the topics exist, and when the relay refuses.
 */
final class RelayHealth implements HealthIndicator {
    private final Relay relay;

    RelayHealth(Relay relay) {
        this.relay = relay;
    }

    @Override
    public Health health() {
        return switch (relay.status()) {
            case RelayStatus.Starting() -> Health.down().withDetail("relay", "starting").build();
            case RelayStatus.Standby() -> Health.up().withDetail("relay", "standby").build();
            case RelayStatus.Leading() ->
                    Health.up()
                            .withDetail("relay", "leading")
                            .withDetail("lagPositions", relay.lagPositions().orElse(0))
                            .build();
            case RelayStatus.Retrying(String reason) ->
                    (relay.wasReady() ? Health.up() : Health.down())
                            .withDetail("relay", "retrying")
                            .withDetail("reason", reason)
                            .build();
            case RelayStatus.Refused(String reason) ->
                    Health.down()
                            .withDetail("relay", "refused")
                            .withDetail("reason", reason)
                            .build();
            case RelayStatus.Closed() -> Health.down().withDetail("relay", "closed").build();
        };
    }
}
