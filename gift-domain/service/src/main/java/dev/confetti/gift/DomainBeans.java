package dev.confetti.gift;

import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.Together;
import dev.confetti.gift.catalogue.Catalogue;
import dev.confetti.gift.catalogue.Prices;
import dev.confetti.gift.command.Clerk;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.Earnings;
import dev.confetti.gift.earning.EarningsBook;
import dev.confetti.gift.earning.EarningsClerk;
import dev.confetti.gift.earning.EarningsReleases;
import dev.confetti.gift.earning.Hold;
import dev.confetti.gift.live.LiveReaper;
import dev.confetti.gift.live.LiveTable;
import dev.confetti.gift.live.Lives;
import dev.confetti.gift.live.RandomNames;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.SnapshotTable;
import dev.confetti.gift.payout.Destinations;
import dev.confetti.gift.payout.PayoutDecisions;
import dev.confetti.gift.payout.PayoutQueries;
import dev.confetti.gift.payout.PayoutResolutions;
import dev.confetti.gift.payout.PayoutTable;
import dev.confetti.gift.payout.Payouts;
import dev.confetti.gift.people.LockedRecords;
import dev.confetti.gift.people.People;
import dev.confetti.gift.people.SealingClerk;
import dev.confetti.gift.people.Shredder;
import dev.confetti.gift.policy.Policies;
import dev.confetti.gift.purchase.Chargebacks;
import dev.confetti.gift.purchase.Checkouts;
import dev.confetti.gift.purchase.CoinPackages;
import dev.confetti.gift.purchase.Consumption;
import dev.confetti.gift.purchase.NoticeTable;
import dev.confetti.gift.purchase.PaymentNotices;
import dev.confetti.gift.purchase.PaymentProviders;
import dev.confetti.gift.purchase.PurchaseHistory;
import dev.confetti.gift.purchase.Purchases;
import dev.confetti.gift.purchase.Refunds;
import dev.confetti.gift.sending.GiftSends;
import dev.confetti.gift.sending.Reversals;
import dev.confetti.gift.sending.ReversedGifts;
import dev.confetti.gift.sending.WalletDesk;
import dev.confetti.gift.signin.Persons;
import dev.confetti.gift.signin.Secrets;
import dev.confetti.gift.vault.KeyTable;
import dev.confetti.gift.vault.MasterKeys;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.SpendingRules;
import dev.confetti.gift.wallet.WalletSnapshots;
import dev.confetti.gift.wallet.Wallets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Wallets, lives, purchases: plain objects, put together. */
@Configuration(proxyBeanMethods = false)
class DomainBeans {
    private static final int RELEASES_AT_ONCE = 100;

    /** The name of the secret that wraps persons' keys where the operator set none. */
    private static final String MASTER_KEY = "people";

    @Bean
    Policies giftPolicies(GiftSettings settings) {
        return Policies.of(settings.policy());
    }

    @Bean
    SpendingRules giftSpendingRules(Policies policies) {
        return policies.spendingRules();
    }

    @Bean
    Catalogue giftCatalogue() {
        return Catalogue.ofThisBuild();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Prices giftPrices(
            Catalogue catalogue, GiftDatabase database, Policies policies, InstantSource clock) {
        return new Prices(catalogue, database, policies.priceLead(), clock);
    }

    /** What was made in the database before a master key was set opens what it sealed. */
    @Bean
    KeyTable giftKeyTable(GiftSettings settings, GiftDatabase database) {
        Secrets secrets = new Secrets(database, new SecureRandom());
        List<byte[]> masters = new ArrayList<>(settings.people().masterKeys());
        if (masters.isEmpty()) {
            masters.add(secrets.named(MASTER_KEY));
        } else {
            secrets.find(MASTER_KEY).ifPresent(masters::add);
        }
        return new KeyTable(MasterKeys.of(masters), new SecureRandom());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    SealingClerk giftSealingClerk(GiftDatabase database, KeyTable keys) {
        return new SealingClerk(database, keys);
    }

    @Bean
    @Order(2)
    EventTexts giftEventTexts(GiftDatabase database, KeyTable keys) {
        return new EventTexts(database, keys);
    }

    /** Among the inline projections it comes after those whose tables it looks at. */
    @Bean
    @Order(10)
    Shredder giftShredder(Policies policies) {
        return new Shredder(policies.payoutRecordsKept());
    }

    @Bean
    People giftPeople(
            GiftDatabase database,
            EventLog log,
            Lives lives,
            Persons persons,
            InstantSource clock) {
        return new People(database, log, lives, persons, clock);
    }

    @Bean
    LockedRecords giftLockedRecords(GiftDatabase database, InstantSource clock) {
        return new LockedRecords(database, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Clerk giftRecordsClerk(LockedRecords records) {
        return new Clerk("payout-records", Duration.ofMinutes(1), records::shredDue);
    }

    @Bean
    @Order(2)
    LiveTable giftLiveTable() {
        return new LiveTable();
    }

    @Bean
    OnceOnly giftOnceOnly(EventLog log, EventTexts texts) {
        return new OnceOnly(log, texts);
    }

    @Bean(destroyMethod = "close")
    Aggregates giftAggregates(EventStorageEngine storage) {
        return new Aggregates(storage);
    }

    @Bean(destroyMethod = "close")
    WalletSnapshots giftWalletSnapshots(GiftDatabase database, GiftSettings settings) {
        return new WalletSnapshots(
                new SnapshotTable(database.dataSource()), settings.wallets().snapshotEvery());
    }

    @Bean
    Wallets giftWallets(
            Aggregates aggregates,
            EventLog log,
            WalletSnapshots snapshots,
            SpendingRules rules,
            GiftSettings settings) {
        return new Wallets(aggregates, log, snapshots, rules, settings.wallets().cached());
    }

    @Bean
    Lives giftLives(
            Aggregates aggregates,
            EventLog log,
            EventTexts texts,
            Persons persons,
            GiftDatabase database,
            Policies policies,
            InstantSource clock) {
        return new Lives(
                aggregates,
                log,
                texts,
                persons,
                database,
                policies,
                new RandomNames(new SecureRandom()),
                clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LiveReaper giftLiveReaper(Lives lives, Policies policies) {
        return new LiveReaper(lives, policies.liveGrace());
    }

    @Bean
    Persons giftPersons(GiftDatabase database, KeyTable keys) {
        return new Persons(database, keys);
    }

    @Bean
    CoinPackages giftCoinPackages() {
        return CoinPackages.ofThisBuild();
    }

    @Bean
    Checkouts giftCheckouts(GiftDatabase database) {
        return new Checkouts(database);
    }

    @Bean
    PaymentNotices giftPaymentNotices(
            GiftDatabase database,
            PaymentProviders providers,
            Checkouts checkouts,
            Purchases purchases,
            Refunds refunds,
            Chargebacks chargebacks,
            Consumption consumption,
            PurchaseHistory history) {
        return new PaymentNotices(
                providers,
                new NoticeTable(database),
                checkouts,
                purchases,
                refunds,
                chargebacks,
                consumption,
                history);
    }

    @Bean
    Consumption giftConsumption(
            PaymentProviders providers, Wallets wallets, PurchaseStandings standings) {
        return new Consumption(providers, wallets, standings);
    }

    @Bean
    PurchaseHistory giftPurchaseHistory(
            EventLog log, EventTexts texts, PurchaseStandings standings, Checkouts checkouts) {
        return new PurchaseHistory(log, texts, standings, checkouts);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Clerk giftNoticeClerk(PaymentNotices notices) {
        return new Clerk("payment-notices", notices::lookAgain);
    }

    @Bean
    Purchases giftPurchases(
            CoinPackages packages,
            PaymentProviders providers,
            Wallets wallets,
            Checkouts checkouts,
            OnceOnly onceOnly,
            InstantSource clock) {
        return new Purchases(packages, providers, wallets, checkouts, onceOnly, clock);
    }

    @Bean
    @Order(2)
    PurchaseStandings giftPurchaseStandings(GiftDatabase database) {
        return new PurchaseStandings(database);
    }

    @Bean
    Refunds giftRefunds(
            PaymentProviders providers,
            Wallets wallets,
            PurchaseStandings standings,
            OnceOnly onceOnly,
            InstantSource clock) {
        return new Refunds(providers, wallets, standings, onceOnly, clock);
    }

    @Bean
    Chargebacks giftChargebacks(Wallets wallets, PurchaseStandings standings, InstantSource clock) {
        return new Chargebacks(wallets, standings, clock);
    }

    @Bean
    GiftSends giftGiftSends(
            Prices prices,
            Lives lives,
            Wallets wallets,
            OnceOnly onceOnly,
            ReversedGifts reversedGifts,
            EventLog log,
            InstantSource clock) {
        return new GiftSends(prices, lives, wallets, onceOnly, reversedGifts, log, clock);
    }

    @Bean
    @Order(0)
    ReversedGifts giftReversedGifts(GiftDatabase database) {
        return new ReversedGifts(database);
    }

    @Bean
    Reversals giftReversals(
            Wallets wallets,
            ReversedGifts reversedGifts,
            PurchaseStandings standings,
            EarningsReleases releases,
            OnceOnly onceOnly,
            InstantSource clock) {
        return new Reversals(wallets, reversedGifts, standings, releases, onceOnly, clock);
    }

    /** Among the inline projections it comes after the reversed gifts, which it looks at. */
    @Bean
    @Order(1)
    EarningsReleases giftEarningsReleases(GiftDatabase database) {
        return new EarningsReleases(database);
    }

    @Bean
    Hold giftEarningsHold(Policies policies) {
        return new Hold(policies.earningsHold());
    }

    @Bean
    EarningsBook giftEarningsBook(GiftDatabase database, Hold hold) {
        return new EarningsBook(database, hold);
    }

    @Bean
    Creators giftCreators(Aggregates aggregates, EventLog log, Policies policies) {
        return new Creators(aggregates, log, policies.payoutRules());
    }

    @Bean
    @Order(2)
    PayoutTable giftPayoutTable() {
        return new PayoutTable();
    }

    @Bean
    Payouts giftPayouts(
            Creators creators,
            EarningsBook book,
            PayoutQueries table,
            EventLog log,
            OnceOnly onceOnly,
            Destinations destinations,
            EventTexts texts,
            Policies policies,
            InstantSource clock) {
        return new Payouts(
                creators,
                book,
                table,
                log,
                onceOnly,
                destinations,
                texts,
                policies.payoutRules().currency(),
                clock);
    }

    @Bean
    PayoutDecisions giftPayoutDecisions(
            Payouts payouts,
            Creators creators,
            OnceOnly onceOnly,
            EventTexts texts,
            InstantSource clock) {
        return new PayoutDecisions(payouts, creators, onceOnly, texts, UUID::randomUUID, clock);
    }

    @Bean
    PayoutResolutions giftPayoutResolutions(
            Payouts payouts,
            Creators creators,
            EventLog log,
            OnceOnly onceOnly,
            InstantSource clock) {
        return new PayoutResolutions(payouts, creators, log, onceOnly, clock);
    }

    @Bean(destroyMethod = "close")
    EarningsClerk giftEarningsClerk(
            EarningsBook book, Creators creators, InstantSource clock, GiftSettings settings) {
        EarningsClerk clerk =
                new EarningsClerk(book, creators, clock, new Together(RELEASES_AT_ONCE));
        clerk.start(settings.earnings().every());
        return clerk;
    }

    @Bean
    Earnings giftEarnings(GiftDatabase database, Hold hold) {
        return new Earnings(database, hold);
    }

    @Bean
    WalletDesk giftWalletDesk(
            Wallets wallets, OnceOnly onceOnly, EventTexts texts, InstantSource clock) {
        return new WalletDesk(wallets, onceOnly, texts, UUID::randomUUID, clock);
    }
}
