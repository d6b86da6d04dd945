package dev.confetti.gift.log;

import java.time.InstantSource;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The event log as beans. Needs a {@link GiftDatabase} that is migrated, and an {@link
 * InstantSource}; takes an {@link EventLogConfig} and {@link InlineProjection}s where there are
 * any.
 */
@Configuration(proxyBeanMethods = false)
public class LogConfiguration {

    @Bean(destroyMethod = "close")
    EventLog giftEventLog(
            GiftDatabase database,
            InstantSource clock,
            ObjectProvider<InlineProjection> inlineProjections,
            ObjectProvider<EventLogConfig> config) {
        List<InlineProjection> projections = inlineProjections.orderedStream().toList();
        return new EventLog(
                database.dataSource(),
                clock,
                projections,
                config.getIfAvailable(EventLogConfig::defaults));
    }

    @Bean
    EventStorageEngine giftEventStorageEngine(EventLog log, ObjectProvider<Snapshots> snapshots) {
        return new LogEventStorageEngine(log, snapshots.getIfAvailable(Snapshots::none));
    }
}
