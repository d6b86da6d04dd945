package dev.confetti.ledger;

import dev.confetti.ledger.projector.ProjectorStatus;
import dev.confetti.ledger.projector.ProjectorStatus.Phase;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** UP once the ledger has caught up and while it books; DOWN with the reason while it does not. */
final class LedgerHealth implements HealthIndicator {
    private final Supplier<ProjectorStatus> projector;

    LedgerHealth(Supplier<ProjectorStatus> projector) {
        this.projector = projector;
    }

    @Override
    public Health health() {
        ProjectorStatus status = projector.get();
        boolean up = status.phase() == Phase.RUNNING && status.caughtUp();
        Health.Builder health = up ? Health.up() : Health.down();
        health.withDetail("phase", status.phase())
                .withDetail("position", status.position())
                .withDetail("lagRecords", status.lagRecords());
        if (!up) {
            String reason = status.reason();
            health.withDetail(
                    "reason", reason == null ? "has not yet caught up since it started" : reason);
        }
        return health.build();
    }
}
