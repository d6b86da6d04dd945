package dev.confetti.gift.catalogue;

import dev.confetti.events.EventIds;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The price list as all instances know it, and how it is changed. Thread-safe.
 *
 * <p>No instance sells at an old price. A change is scheduled at least 30 s before it counts, and
 * is in the table at most 10 s later (5 s for a connection, 5 s for the statement). Nobody uses a
 * list that was read longer than 15 s ago. So whoever uses a list at the instant of a change has
 * read it when the change was in the table already, and 5 s are left for clocks that differ. Each
 * instance reads anew every 10 s; where that failed or was late, the one who needs the list reads
 * it, and is refused when that fails too.
 */
public final class Prices implements AutoCloseable {
    /** No policy may be less. */
    public static final Duration LEAST_LEAD = Duration.ofSeconds(30);

    private static final Duration READ_EVERY = Duration.ofSeconds(10);
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(15);
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);
    private static final Duration MOST_LEAD = Duration.ofDays(365);
    private static final String OPERATION = "schedule-price";
    private static final Logger log = LoggerFactory.getLogger(Prices.class);

    private final Catalogue base;
    private final PriceTable table;
    private final Duration lead;
    private final InstantSource clock;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("prices").daemon().factory());
    private volatile @Nullable Known known;

    /**
     * @param lead how long before it counts a change must be scheduled, at least {@link
     *     #LEAST_LEAD}
     */
    public Prices(Catalogue base, GiftDatabase database, Duration lead, InstantSource clock) {
        this.base = base;
        this.table = new PriceTable(database);
        this.lead = lead;
        this.clock = clock;
    }

    /**
     * The list as it was read.
     *
     * @param asOf before it was read
     */
    private record Known(PriceList list, Instant asOf) {
        boolean isTrusted(Instant now) {
            // Also when the clock was set back.
            return Duration.between(asOf, now).abs().compareTo(TRUSTED_FOR) <= 0;
        }
    }

    /** Reads the list and begins to keep it new. */
    public void start() {
        read();
        var _ = // readAgain() itself reports what fails
                clockwork.scheduleWithFixedDelay(
                        this::readAgain,
                        READ_EVERY.toMillis(),
                        READ_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /**
     * The price list, with all that counts by now.
     *
     * @throws dev.confetti.gift.log.LogUnavailableException when it is too old and cannot be read
     */
    public PriceList list() {
        Known trusted = known;
        if (trusted != null && trusted.isTrusted(clock.instant())) {
            return trusted.list();
        }
        synchronized (this) {
            trusted = known;
            return trusted != null && trusted.isTrusted(clock.instant()) ? trusted.list() : read();
        }
    }

    private PriceList read() {
        Instant asOf = clock.instant();
        PriceList list = new PriceList(base, table.all());
        known = new Known(list, asOf);
        return list;
    }

    private void readAgain() {
        try {
            read();
        } catch (RuntimeException e) {
            log.warn("Prices could not be read; trying again: {}", e.getMessage());
        }
    }

    /** Schedules a price. */
    public Answer<PriceChange> schedule(
            String staffId, IdempotencyKey key, String giftId, SchedulePriceRequest request) {
        UUID priceId = EventIds.of(staffId, OPERATION, key.value());
        Optional<PriceChange> before = table.find(priceId);
        if (before.isPresent()) {
            return again(before.get(), giftId, request);
        }
        PriceChange change = checked(priceId, giftId, request);
        Instant latest = change.scheduledAt().plus(CONNECTED_WITHIN);
        if (!table.add(change, staffId, () -> clock.instant().isBefore(latest))) {
            return again(table.find(priceId).orElseThrow(), giftId, request);
        }
        readAgain();
        return new Answer<>(change, false);
    }

    private PriceChange checked(UUID priceId, String giftId, SchedulePriceRequest request) {
        requireGift(giftId);
        if (request.coins() < 1 || request.coins() > Gift.MOST_COINS) {
            throw new RefusedException(
                    ProblemType.COINS_OUT_OF_RANGE,
                    "coins " + request.coins() + ": expected 1 to " + Gift.MOST_COINS,
                    Map.of("coins", request.coins(), "least", 1, "most", Gift.MOST_COINS));
        }
        Instant now = clock.instant();
        Instant earliest = now.plus(lead);
        Instant latest = now.plus(MOST_LEAD);
        Instant effectiveAt = request.effectiveInstant();
        if (effectiveAt.isBefore(earliest) || effectiveAt.isAfter(latest)) {
            throw new RefusedException(
                    ProblemType.EFFECTIVE_AT_OUT_OF_RANGE,
                    "effectiveAt " + effectiveAt + ": expected " + earliest + " to " + latest,
                    Map.of(
                            "effectiveAt", effectiveAt.toString(),
                            "earliest", earliest.toString(),
                            "latest", latest.toString()));
        }
        return new PriceChange(priceId, giftId, request.coins(), effectiveAt, now);
    }

    private static Answer<PriceChange> again(
            PriceChange before, String giftId, SchedulePriceRequest request) {
        if (!before.giftId().equals(giftId)
                || before.coins() != request.coins()
                || !before.effectiveAt().equals(request.effectiveInstant())) {
            throw new RefusedException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "Idempotency-Key: this key came before with other content; expected the same"
                            + " content, or a new key");
        }
        return new Answer<>(before, true);
    }

    /** A gift's price changes, past and coming, the last to take effect first. */
    Page<PriceChange> of(String giftId, PageRequest page) {
        requireGift(giftId);
        return Page.of(
                        table.of(giftId, page.before(), page.limit() + 1),
                        page,
                        PriceTable.Placed::place)
                .map(PriceTable.Placed::change);
    }

    private void requireGift(String giftId) {
        if (base.gift(giftId).isEmpty()) {
            throw Catalogue.unknown(giftId);
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        try {
            if (!clockwork.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("The reader of prices does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
