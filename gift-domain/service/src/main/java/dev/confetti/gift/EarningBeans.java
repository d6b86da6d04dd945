package dev.confetti.gift;

import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.Together;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.Earnings;
import dev.confetti.gift.earning.EarningsBook;
import dev.confetti.gift.earning.EarningsClerk;
import dev.confetti.gift.earning.EarningsReleases;
import dev.confetti.gift.earning.Hold;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.payout.Destinations;
import dev.confetti.gift.payout.PayoutDecisions;
import dev.confetti.gift.payout.PayoutQueries;
import dev.confetti.gift.payout.PayoutResolutions;
import dev.confetti.gift.payout.PayoutTable;
import dev.confetti.gift.payout.Payouts;
import dev.confetti.gift.policy.Policies;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What creators earn, and how it is paid out. */
@Configuration(proxyBeanMethods = false)
class EarningBeans {
    private static final int RELEASES_AT_ONCE = 100;

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
}
