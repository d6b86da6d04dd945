package dev.confetti.ledger;

import dev.confetti.ledger.access.AccessLog;
import dev.confetti.ledger.finance.FinanceApi;
import dev.confetti.ledger.journal.LedgerTransactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * The ledger as part of a Spring application: projector, finance API, health, metrics. Needs a
 * {@code JwtDecoder} and the properties of {@code confetti.postgres} and {@code confetti.kafka}.
 */
@Configuration(proxyBeanMethods = false)
@Import(FinanceApi.class)
public class LedgerConfiguration {

    @Bean
    LedgerProperties ledgerProperties(Environment environment) {
        return LedgerProperties.from(environment);
    }

    @Bean(destroyMethod = "close")
    LedgerDatabase ledgerDatabase(LedgerProperties properties) {
        return new LedgerDatabase(properties.postgres(), properties.schema());
    }

    @Bean
    LedgerTransactions ledgerTransactions(LedgerDatabase database) {
        return database.transactions();
    }

    @Bean
    AccessLog ledgerAccessLog(LedgerDatabase database) {
        return AccessLog.in(database.dataSource());
    }

    @Bean
    LedgerProjector ledgerProjector(LedgerProperties properties, LedgerDatabase database) {
        return new LedgerProjector(properties, database);
    }

    @Bean
    HealthIndicator ledgerHealth(LedgerProjector projector) {
        return new LedgerHealth(projector::status);
    }

    @Bean
    MeterBinder ledgerMetrics(LedgerProjector projector) {
        return registry -> {
            Gauge.builder("confetti_ledger_position", projector, p -> p.status().position())
                    .description("Position of the log up to which the ledger has booked")
                    .register(registry);
            Gauge.builder("confetti_ledger_lag_records", projector, p -> p.status().lagRecords())
                    .description("Records in Kafka that the ledger has not booked")
                    .register(registry);
        };
    }
}
