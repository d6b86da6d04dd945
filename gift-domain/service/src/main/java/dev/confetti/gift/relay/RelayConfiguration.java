package dev.confetti.gift.relay;

import dev.confetti.events.LogReader;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The relay as beans. Needs an {@link EventLog}, its {@link GiftDatabase} and a {@link
 * RelayConfig}; takes an {@link Enrichment} where there is one.
 */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    Relay giftRelay(
            RelayConfig config,
            GiftDatabase database,
            EventLog log,
            ObjectProvider<Enrichment> enrichment,
            ObjectProvider<MeterRegistry> metrics) {
        Relay relay =
                new Relay(
                        config,
                        new LogReader(database.dataSource()),
                        log.recent(),
                        sessions(database),
                        enrichment.getIfAvailable(Enrichment::nothing));
        log.onAppended(relay::wake);
        metrics.ifAvailable(
                registry ->
                        Gauge.builder(
                                        "confetti.relay.lag.positions",
                                        relay,
                                        r -> r.lagPositions().orElse(0))
                                .description(
                                        "Positions of the log that are not on Kafka yet; 0 where"
                                                + " another instance publishes")
                                .register(registry));
        return relay;
    }

    @Bean
    HealthIndicator giftRelayHealth(Relay relay) {
        return new RelayHealth(relay);
    }

    /** Sessions outside of the pool: a lock lives and dies with its own. */
    private static PGSimpleDataSource sessions(GiftDatabase database) {
        PGSimpleDataSource sessions = new PGSimpleDataSource();
        sessions.setUrl(database.dataSource().getJdbcUrl());
        sessions.setUser(database.dataSource().getUsername());
        sessions.setPassword(database.dataSource().getPassword());
        sessions.setApplicationName("confetti-relay");
        sessions.setConnectTimeout(5);
        return sessions;
    }
}
