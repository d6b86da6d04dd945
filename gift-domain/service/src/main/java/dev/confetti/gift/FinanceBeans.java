package dev.confetti.gift;

import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.finance.AdjustmentController;
import dev.confetti.gift.finance.AdjustmentTable;
import dev.confetti.gift.finance.Adjustments;
import dev.confetti.gift.finance.BreakageController;
import dev.confetti.gift.finance.BreakageTable;
import dev.confetti.gift.finance.Breakages;
import dev.confetti.gift.finance.PeriodController;
import dev.confetti.gift.finance.PeriodTable;
import dev.confetti.gift.finance.Periods;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.purchase.PaymentProviders;
import dev.confetti.gift.settlement.ProviderMovements;
import dev.confetti.gift.settlement.SettlementController;
import dev.confetti.gift.settlement.SettlementTable;
import dev.confetti.gift.settlement.Settlements;
import dev.confetti.gift.vault.KeyTable;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What finance staff do to the books, and what providers settle. */
@Configuration(proxyBeanMethods = false)
@Import({
    AdjustmentController.class,
    BreakageController.class,
    PeriodController.class,
    SettlementController.class
})
class FinanceBeans {

    @Bean
    AdjustmentTable giftAdjustmentTable(GiftDatabase database) {
        return new AdjustmentTable(database);
    }

    @Bean
    Adjustments giftAdjustments(
            Aggregates aggregates,
            EventLog log,
            AdjustmentTable table,
            OnceOnly onceOnly,
            EventTexts texts,
            InstantSource clock) {
        return new Adjustments(aggregates, log, table, onceOnly, texts, clock);
    }

    @Bean
    PeriodTable giftPeriodTable(GiftDatabase database) {
        return new PeriodTable(database);
    }

    @Bean
    Periods giftPeriods(
            GiftDatabase database,
            Aggregates aggregates,
            EventLog log,
            PeriodTable table,
            OnceOnly onceOnly,
            InstantSource clock) {
        return new Periods(database, aggregates, log, table, onceOnly, clock);
    }

    @Bean
    BreakageTable giftBreakageTable(GiftDatabase database, KeyTable keys) {
        return new BreakageTable(database, keys);
    }

    @Bean
    Breakages giftBreakages(
            BreakageTable table,
            PeriodTable periods,
            EventLog log,
            OnceOnly onceOnly,
            InstantSource clock) {
        return new Breakages(table, periods, log, onceOnly, clock);
    }

    @Bean
    ProviderMovements giftProviderMovements(GiftDatabase database) {
        return new ProviderMovements(database);
    }

    @Bean
    SettlementTable giftSettlementTable(GiftDatabase database) {
        return new SettlementTable(database);
    }

    @Bean
    Settlements giftSettlements(
            GiftDatabase database,
            PaymentProviders providers,
            ProviderMovements movements,
            SettlementTable table,
            EventLog log,
            OnceOnly onceOnly,
            InstantSource clock) {
        return new Settlements(database, providers, movements, table, log, onceOnly, clock);
    }
}
