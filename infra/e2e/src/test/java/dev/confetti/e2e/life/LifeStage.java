package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.gift.Http;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.RunningService;
import dev.confetti.gift.SetClock;
import dev.confetti.gift.apple.FakeAppStore;
import dev.confetti.gift.purchase.CoinPackage;
import dev.confetti.gift.purchase.CoinPackages;
import dev.confetti.gift.purchase.Money;
import dev.confetti.gift.signin.DevTokens;
import dev.confetti.gift.stripe.FakeStripe;
import dev.confetti.ledger.LedgerConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gift service and ledger behind one port, on engines of their own and on the example's dates; with
 * the example's packages on sale, at a share of 50%, earnings held seven days, payouts at 10% tax
 * and a fee of 0.25.
 */
final class LifeStage implements AutoCloseable {
    /** 1,000 coins and 50 for 10.00. */
    static final String BUNDLE = "coins-1000-50";

    /** 1,000 coins for 10.00. */
    static final String THOUSAND = "coins-1000";

    /** 2,100 coins for 20.00. */
    static final String LARGE = "coins-2100";

    private static final CoinPackages PACKAGES =
            new CoinPackages(
                    List.of(
                            new CoinPackage(BUNDLE, 1_000, 50, new Money(1_000, "USD")),
                            new CoinPackage(THOUSAND, 1_000, 0, new Money(1_000, "USD")),
                            new CoinPackage(LARGE, 2_100, 0, new Money(2_000, "USD"))));

    private static final String SECRET = "known to gift service and ledger";

    final FakeAppStore appStore;
    final FakeStripe stripe;
    final RunningService service;
    private final PostgresEndpoint postgres = TestEngines.freshPostgres();
    private final SetClock clock = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));

    /** By the machine's clock, which tokens are checked by. */
    private final DevTokens tokens =
            new DevTokens(SECRET.getBytes(StandardCharsets.UTF_8), InstantSource.system());

    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * Starts everything.
     *
     * @param folder for the fake App Store's root certificate
     */
    LifeStage(Path folder) throws IOException {
        appStore = new FakeAppStore();
        stripe = new FakeStripe();
        service =
                RunningService.start(
                        postgres,
                        List.of(LedgerConfiguration.class),
                        Map.of(RunningService.CLOCK, clock, "giftCoinPackages", PACKAGES),
                        "confetti.kafka.bootstrap=" + TestEngines.freshKafka(),
                        "confetti.relay.enabled=true",
                        "confetti.sign-in.secret=" + SECRET,
                        "confetti.apple.bundle-id=" + FakeAppStore.BUNDLE_ID,
                        "confetti.apple.app-apple-id=" + FakeAppStore.APP_ID,
                        "confetti.apple.root-certificates=" + appStore.rootFile(folder),
                        "confetti.apple.online-checks=false",
                        "confetti.stripe.api-key=" + FakeStripe.API_KEY,
                        "confetti.stripe.webhook-secret=" + FakeStripe.WEBHOOK_SECRET,
                        "confetti.stripe.api-url=" + stripe.url(),
                        "confetti.bank.name=Confetti Ltd",
                        "confetti.bank.iban=GB82 WEST 1234 5698 7654 32",
                        "confetti.policy.payoutMinimumDiamonds=200",
                        "confetti.policy.payoutFeeMinor=25",
                        "confetti.policy.withholdingBps=1000",
                        // The clock stands still between a test's steps.
                        "confetti.policy.sendsPerSecond=1000",
                        "confetti.earnings.every=100ms",
                        // By the database's clock, which runs.
                        "confetti.policy.publisherLease=PT10M");
    }

    /** What service and ledger keep their tables in. */
    DataSource database() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        return database;
    }

    Http http() {
        return service.http();
    }

    /** A token of somebody. */
    String token(String sub, String... roles) {
        return tokens.issue(sub, "Name of " + sub, List.of(roles));
    }

    /**
     * Moves the service's clock.
     *
     * @param utc an hour, as {@code 2026-01-31T12:00}
     */
    void at(String utc) {
        clock.set(Instant.parse(utc + ":00Z"));
    }

    /** The hour that it is on the service's clock. */
    Instant now() {
        return clock.instant();
    }

    /** A name that no other call gives. */
    String next(String prefix) {
        return prefix + numbers.incrementAndGet();
    }

    /** Does something with an idempotency key of its own; it must be done. */
    Response done(String path, String token, @Nullable Object body) {
        Response answer = http().post(path, token, next("key-"), body);
        assertThat(answer.status()).as(path + ": " + answer).isIn(200, 201);
        return answer;
    }

    @Override
    public void close() {
        service.close();
        stripe.close();
        appStore.close();
    }
}
