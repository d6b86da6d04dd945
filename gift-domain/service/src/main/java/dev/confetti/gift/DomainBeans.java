package dev.confetti.gift;

import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.catalogue.Catalogue;
import dev.confetti.gift.catalogue.Prices;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.earning.EarningsReleases;
import dev.confetti.gift.live.LiveReaper;
import dev.confetti.gift.live.LiveTable;
import dev.confetti.gift.live.Lives;
import dev.confetti.gift.live.PlayTokens;
import dev.confetti.gift.live.RandomNames;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.SnapshotTable;
import dev.confetti.gift.policy.Policies;
import dev.confetti.gift.sending.GiftSends;
import dev.confetti.gift.sending.Reversals;
import dev.confetti.gift.sending.ReversedGifts;
import dev.confetti.gift.sending.WalletDesk;
import dev.confetti.gift.signin.Persons;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.SpendingRules;
import dev.confetti.gift.wallet.WalletSnapshots;
import dev.confetti.gift.wallet.Wallets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Policies, wallets, gifts and lives: plain objects, put together. */
@Configuration(proxyBeanMethods = false)
class DomainBeans {
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

    @Bean
    PlayTokens giftPlayTokens(GiftSettings settings, InstantSource clock) {
        return new PlayTokens(settings.playToken().secret(), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LiveReaper giftLiveReaper(Lives lives, Policies policies) {
        return new LiveReaper(lives, policies.liveGrace());
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

    @Bean
    WalletDesk giftWalletDesk(
            Wallets wallets, OnceOnly onceOnly, EventTexts texts, InstantSource clock) {
        return new WalletDesk(wallets, onceOnly, texts, UUID::randomUUID, clock);
    }
}
