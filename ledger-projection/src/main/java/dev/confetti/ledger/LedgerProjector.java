package dev.confetti.ledger;

import dev.confetti.events.LogReader;
import dev.confetti.ledger.projector.Projector;
import dev.confetti.ledger.projector.ProjectorStatus;

import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;

/** Runs the projector for as long as the application runs. */
final class LedgerProjector implements SmartLifecycle {
    private final Projector projector;
    private volatile boolean running;

    LedgerProjector(LedgerProperties properties, LedgerDatabase database) {
        // The log is asked once in a while, so it needs no pool.
        PGSimpleDataSource log = new PGSimpleDataSource();
        log.setUrl(properties.log().url());
        log.setUser(properties.log().user());
        log.setPassword(properties.log().password());
        projector =
                new Projector(
                        properties.kafkaBootstrap(),
                        database.transactions(),
                        properties.sealKey(),
                        new LogReader(log),
                        Duration.ofMillis(properties.stallTimeoutMs()));
    }

    ProjectorStatus status() {
        return projector.status();
    }

    @Override
    public void start() {
        running = true;
        projector.start();
    }

    @Override
    public void stop() {
        running = false;
        projector.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
