package dev.confetti.simulation.world;

import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.Together;
import dev.confetti.gift.bank.Debtor;
import dev.confetti.gift.bank.Iban;
import dev.confetti.gift.catalogue.Catalogue;
import dev.confetti.gift.catalogue.Prices;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.EarningsBook;
import dev.confetti.gift.earning.EarningsClerk;
import dev.confetti.gift.earning.EarningsReleases;
import dev.confetti.gift.earning.Hold;
import dev.confetti.gift.earning.Valuations;
import dev.confetti.gift.finance.AdjustmentTable;
import dev.confetti.gift.finance.Adjustments;
import dev.confetti.gift.finance.BreakageTable;
import dev.confetti.gift.finance.Breakages;
import dev.confetti.gift.finance.PeriodTable;
import dev.confetti.gift.finance.Periods;
import dev.confetti.gift.finance.RevaluationTable;
import dev.confetti.gift.finance.RevaluationWork;
import dev.confetti.gift.finance.Revaluations;
import dev.confetti.gift.live.LiveTable;
import dev.confetti.gift.live.Lives;
import dev.confetti.gift.live.RandomNames;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.EventLogConfig;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogEventStorageEngine;
import dev.confetti.gift.log.SnapshotTable;
import dev.confetti.gift.payout.Destinations;
import dev.confetti.gift.payout.PayoutBatchQueries;
import dev.confetti.gift.payout.PayoutBatches;
import dev.confetti.gift.payout.PayoutDecisions;
import dev.confetti.gift.payout.PayoutQueries;
import dev.confetti.gift.payout.PayoutResolutions;
import dev.confetti.gift.payout.PayoutTable;
import dev.confetti.gift.payout.Payouts;
import dev.confetti.gift.people.People;
import dev.confetti.gift.people.Shredder;
import dev.confetti.gift.policy.Policies;
import dev.confetti.gift.purchase.Chargebacks;
import dev.confetti.gift.purchase.Checkouts;
import dev.confetti.gift.purchase.CoinPackages;
import dev.confetti.gift.purchase.PaymentProviders;
import dev.confetti.gift.purchase.PurchaseHistory;
import dev.confetti.gift.purchase.Purchases;
import dev.confetti.gift.purchase.Refunds;
import dev.confetti.gift.purchase.SandboxProvider;
import dev.confetti.gift.sending.GiftSends;
import dev.confetti.gift.sending.Reversals;
import dev.confetti.gift.sending.ReversedGifts;
import dev.confetti.gift.sending.WalletDesk;
import dev.confetti.gift.settlement.ProviderMovements;
import dev.confetti.gift.settlement.SettlementTable;
import dev.confetti.gift.settlement.Settlements;
import dev.confetti.gift.signin.Persons;
import dev.confetti.gift.statement.BankDesk;
import dev.confetti.gift.statement.BankEffects;
import dev.confetti.gift.statement.BankLineTable;
import dev.confetti.gift.statement.BankMessageTable;
import dev.confetti.gift.vault.KeyTable;
import dev.confetti.gift.vault.MasterKeys;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.SpendingRules;
import dev.confetti.gift.wallet.WalletSnapshots;
import dev.confetti.gift.wallet.Wallets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The gift service, put together by hand, without Spring and HTTP. */
final class Service implements AutoCloseable {
    /** Of all instances on one database the same. */
    static final byte[] MASTER_KEY = new byte[32];

    private static final long CACHED_WALLETS = 1_000;

    final SpendingRules rules;
    private final EventLog log;
    private final WalletSnapshots snapshots;
    private final Aggregates aggregates;
    final Prices prices;
    final Wallets wallets;
    final Lives lives;
    final Purchases purchases;
    final PurchaseHistory history;
    final GiftSends giftSends;
    final Reversals reversals;
    final Refunds refunds;
    final EarningsClerk clerk;
    final Payouts payouts;
    final PayoutDecisions decisions;
    final PayoutResolutions resolutions;
    final PayoutBatches batches;
    final Chargebacks chargebacks;
    final WalletDesk desk;
    final BankDesk bankDesk;
    final Settlements settlements;
    final Adjustments adjustments;
    final Breakages breakages;
    final Revaluations revaluations;
    final RevaluationWork revaluationWork;
    final Periods periods;
    final People people;

    Service(FaultyPool pool, Settings settings, Time time, Random random) {
        GiftDatabase database = new GiftDatabase(pool);
        Policies policies = Policies.of(settings.policies());
        this.rules = policies.spendingRules();
        KeyTable keys = new KeyTable(MasterKeys.of(List.of(MASTER_KEY)), new SecureRandom());
        EventTexts texts = new EventTexts(database, keys);
        ReversedGifts reversedGifts = new ReversedGifts(database);
        PurchaseStandings standings = new PurchaseStandings(database);
        EarningsReleases releases = new EarningsReleases(database);
        PaymentProviders providers =
                new PaymentProviders(
                        List.of(new SandboxProvider(null)), List.of(new SandboxProvider(null)));
        // What stands beside the log has no faults of its own: they are for appends alone.
        GiftDatabase calm = new GiftDatabase(settings.calmPool());
        AdjustmentTable adjustmentTable = new AdjustmentTable(calm);
        PeriodTable periodTable = new PeriodTable(calm);
        BreakageTable breakageTable = new BreakageTable(calm, keys);
        ProviderMovements movements = new ProviderMovements(calm);
        SettlementTable settlementTable = new SettlementTable(calm);
        BankMessageTable bankMessages = new BankMessageTable(calm);
        this.log =
                new EventLog(
                        pool,
                        time,
                        List.of(
                                texts,
                                new LiveTable(),
                                reversedGifts,
                                standings,
                                releases,
                                new PayoutTable(),
                                bankMessages,
                                adjustmentTable,
                                periodTable,
                                breakageTable,
                                movements,
                                settlementTable,
                                new Shredder(policies.payoutRecordsKept())),
                        EventLogConfig.defaults());
        // Snapshots are kept by a thread of their own: faults are for the command alone.
        this.snapshots =
                new WalletSnapshots(
                        new SnapshotTable(settings.calmPool()), settings.snapshotEvery());
        this.aggregates = new Aggregates(new LogEventStorageEngine(log, snapshots));
        this.prices =
                new Prices(new Catalogue(settings.gifts()), database, policies.priceLead(), time);
        OnceOnly onceOnly = new OnceOnly(log, texts);
        this.wallets = new Wallets(aggregates, log, snapshots, rules, CACHED_WALLETS);
        Persons persons = new Persons(database, keys);
        this.lives =
                new Lives(
                        aggregates,
                        log,
                        texts,
                        persons,
                        database,
                        policies,
                        new RandomNames(random),
                        time,
                        time);
        Checkouts checkouts = new Checkouts(database);
        this.purchases =
                new Purchases(
                        new CoinPackages(settings.packages()),
                        providers,
                        wallets,
                        checkouts,
                        onceOnly,
                        time);
        this.history = new PurchaseHistory(log, texts, standings, checkouts);
        this.giftSends = new GiftSends(prices, lives, wallets, onceOnly, reversedGifts, log, time);
        this.reversals = new Reversals(wallets, reversedGifts, standings, releases, onceOnly, time);
        EarningsBook book = new EarningsBook(calm, new Hold(policies.earningsHold()));
        Creators creators = new Creators(aggregates, log, policies.payoutRules());
        this.clerk = new EarningsClerk(book, creators, time, new Together(1));
        this.payouts =
                new Payouts(
                        creators,
                        book,
                        new PayoutQueries(database),
                        log,
                        onceOnly,
                        new Destinations(texts),
                        texts,
                        policies.payoutRules().currency(),
                        time);
        this.decisions =
                new PayoutDecisions(
                        payouts,
                        creators,
                        onceOnly,
                        texts,
                        () -> new UUID(random.nextLong(), random.nextLong()),
                        time);
        this.resolutions = new PayoutResolutions(payouts, creators, log, onceOnly, time);
        this.batches =
                new PayoutBatches(
                        new PayoutBatchQueries(database),
                        new PayoutQueries(database),
                        new Destinations(texts),
                        creators,
                        log,
                        onceOnly,
                        new Debtor("Confetti", new Iban("GB82WEST12345698765432"), null),
                        new Together(1),
                        time);
        PayoutQueries paid = new PayoutQueries(calm);
        this.bankDesk =
                new BankDesk(
                        paid,
                        new BankLineTable(calm),
                        bankMessages,
                        new BankEffects(paid, creators, log, time),
                        log,
                        time);
        this.settlements =
                new Settlements(calm, providers, movements, settlementTable, log, onceOnly, time);
        this.adjustments = new Adjustments(aggregates, log, adjustmentTable, onceOnly, texts, time);
        this.breakages = new Breakages(breakageTable, periodTable, log, onceOnly, time);
        RevaluationTable revaluationTable = new RevaluationTable(calm, keys);
        Valuations valuations = new Valuations(calm);
        this.revaluationWork =
                new RevaluationWork(
                        revaluationTable, book, valuations, creators, new Together(1), time);
        this.revaluations =
                new Revaluations(revaluationTable, valuations, revaluationWork, log, time);
        this.periods = new Periods(database, aggregates, log, periodTable, onceOnly, time);
        this.people = new People(calm, log, lives, persons, time);
        this.refunds = new Refunds(providers, wallets, standings, onceOnly, time);
        this.chargebacks = new Chargebacks(wallets, standings, time);
        this.desk =
                new WalletDesk(
                        wallets,
                        onceOnly,
                        texts,
                        () -> new UUID(random.nextLong(), random.nextLong()),
                        time);
    }

    @Override
    public void close() {
        clerk.close();
        log.close();
        aggregates.close();
        snapshots.close();
        prices.close();
    }
}
