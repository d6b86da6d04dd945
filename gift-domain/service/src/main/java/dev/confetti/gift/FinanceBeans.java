package dev.confetti.gift;

import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.Together;
import dev.confetti.gift.command.Clerk;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.EarningsBook;
import dev.confetti.gift.earning.Valuations;
import dev.confetti.gift.finance.AdjustmentController;
import dev.confetti.gift.finance.AdjustmentTable;
import dev.confetti.gift.finance.Adjustments;
import dev.confetti.gift.finance.BreakageController;
import dev.confetti.gift.finance.BreakageTable;
import dev.confetti.gift.finance.Breakages;
import dev.confetti.gift.finance.PeriodController;
import dev.confetti.gift.finance.PeriodTable;
import dev.confetti.gift.finance.Periods;
import dev.confetti.gift.finance.RevaluationController;
import dev.confetti.gift.finance.RevaluationTable;
import dev.confetti.gift.finance.RevaluationWork;
import dev.confetti.gift.finance.Revaluations;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.purchase.PaymentProviders;
import dev.confetti.gift.reconciliation.BankSide;
import dev.confetti.gift.reconciliation.Movements;
import dev.confetti.gift.reconciliation.ReconciliationController;
import dev.confetti.gift.settlement.ProviderMovements;
import dev.confetti.gift.settlement.SettledMarks;
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
    RevaluationController.class,
    ReconciliationController.class,
    SettlementController.class
})
class FinanceBeans {
    private static final int CREATORS_AT_ONCE = 64;

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
    Valuations giftValuations(GiftDatabase database) {
        return new Valuations(database);
    }

    @Bean
    RevaluationTable giftRevaluationTable(GiftDatabase database, KeyTable keys) {
        return new RevaluationTable(database, keys);
    }

    @Bean
    RevaluationWork giftRevaluationWork(
            RevaluationTable table,
            EarningsBook book,
            Valuations valuations,
            Creators creators,
            InstantSource clock) {
        return new RevaluationWork(
                table, book, valuations, creators, new Together(CREATORS_AT_ONCE), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Clerk giftRevaluationClerk(RevaluationWork work) {
        return new Clerk("revaluations", work::goOn);
    }

    @Bean
    Revaluations giftRevaluations(
            RevaluationTable table,
            Valuations valuations,
            RevaluationWork work,
            EventLog log,
            InstantSource clock) {
        return new Revaluations(table, valuations, work, log, clock);
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
    SettledMarks giftSettledMarks(GiftDatabase database) {
        return new SettledMarks(database);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Clerk giftSettledMarksClerk(SettledMarks marks) {
        return new Clerk("settled-marks", marks::catchUp);
    }

    @Bean
    Movements giftMovements(GiftDatabase database, InstantSource clock) {
        return new Movements(database, clock);
    }

    @Bean
    BankSide giftBankSide(GiftDatabase database, InstantSource clock) {
        return new BankSide(database, clock);
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
