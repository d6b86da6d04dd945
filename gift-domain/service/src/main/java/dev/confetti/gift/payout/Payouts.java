package dev.confetti.gift.payout;

import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.bank.Iban;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.earning.CreatorCommand.RequestPayout;
import dev.confetti.gift.earning.CreatorDecision;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.EarningsBook;
import dev.confetti.gift.earning.EarningsBook.Standing;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.sending.Reasons;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Payouts: a creator asks for one, another person decides. */
public final class Payouts {
    private static final String OPERATION = "request-payout";

    /** Four seconds for another instance to add the log up. */
    private static final int MOST_LOOKS = 200;

    private static final long PAUSE_NANOS = 20_000_000;

    private final Creators creators;
    private final EarningsBook book;
    private final PayoutQueries table;
    private final EventLog log;
    private final OnceOnly onceOnly;
    private final Destinations destinations;
    private final EventTexts texts;
    private final String currency;
    private final InstantSource clock;

    /**
     * @param currency ISO 4217 code in which creators are paid
     */
    public Payouts(
            Creators creators,
            EarningsBook book,
            PayoutQueries table,
            EventLog log,
            OnceOnly onceOnly,
            Destinations destinations,
            EventTexts texts,
            String currency,
            InstantSource clock) {
        this.creators = creators;
        this.book = book;
        this.table = table;
        this.log = log;
        this.onceOnly = onceOnly;
        this.destinations = destinations;
        this.texts = texts;
        this.currency = currency;
        this.clock = clock;
    }

    /** What a request is answered with. */
    public record Requested(UUID payoutId, String status) {}

    /** Asks for a payout of a creator's own diamonds. */
    public Answer<Requested> request(
            String creatorId, IdempotencyKey key, RequestPayoutRequest request) {
        return onceOnly.answer(
                new Requesting(creatorId, EventIds.of(creatorId, OPERATION, key.value()), request));
    }

    private final class Requesting implements OnceOnly.Request<Requested> {
        private final String creatorId;
        private final UUID payoutId;
        private final RequestPayoutRequest request;

        private Requesting(String creatorId, UUID payoutId, RequestPayoutRequest request) {
            this.creatorId = creatorId;
            this.payoutId = payoutId;
            this.request = request;
        }

        @Override
        public UUID eventId() {
            return payoutId;
        }

        /** A repeat is answered without a look at the book. */
        @Override
        public boolean reachesOutside() {
            return true;
        }

        @Override
        public Map<String, String> texts() {
            return Destinations.texts(request.destination());
        }

        @Override
        public Requested perform() {
            requireReachable();
            long head = log.head();
            for (int look = 1; look <= MOST_LOOKS; look++) {
                book.catchUp();
                Standing standing = book.standing(creatorId, currency);
                if (standing.position() < head) {
                    // Another instance has the book, and brings it up to the log.
                    LockSupport.parkNanos(PAUSE_NANOS);
                    continue;
                }
                requireOneCurrency(standing);
                CreatorDecision decision =
                        creators.perform(
                                new RequestPayout(
                                        payoutId,
                                        clock.instant(),
                                        creatorId,
                                        request.diamonds(),
                                        standing.available(),
                                        standing.worthMicros(),
                                        standing.payoutEvents()));
                if (decision instanceof CreatorDecision.Accepted) {
                    return new Requested(payoutId, "requested");
                }
                if (!(decision instanceof CreatorDecision.LookAgain)) {
                    throw PayoutRefusals.of(decision);
                }
                head = log.head();
            }
            throw new LogUnavailableException(
                    "what creator " + creatorId + " earned is not added up yet", false, null);
        }

        /** Euro go by SEPA credit transfer. */
        private void requireReachable() {
            Iban iban = new Iban(request.destination().iban());
            if (currency.equals("EUR") && !iban.isInSepa()) {
                throw new RefusedException(
                        ProblemType.MALFORMED_REQUEST,
                        "destination.iban: expected an account in a SEPA country, as payouts are in"
                                + " EUR, got one in "
                                + iban.text().substring(0, 2));
            }
        }

        private void requireOneCurrency(Standing standing) {
            if (standing.isMixed()) {
                throw new RefusedException(
                        ProblemType.CURRENCIES_MIXED,
                        "creator "
                                + creatorId
                                + " has earnings in another currency than "
                                + currency
                                + ", in which payouts are made: expected finance to revalue them");
            }
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return recorded.event() instanceof PayoutRequested requested
                    && requested.diamonds().equals(request.diamonds())
                    && texts().equals(recordedTexts);
        }

        @Override
        public Requested answerAgain(LogRecord recorded) {
            return new Requested(recorded.eventId(), "requested");
        }
    }

    /**
     * A payout of anybody.
     *
     * @throws RefusedException {@code unknown-payout}
     */
    Payout require(String payoutId) {
        return find(payoutId)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_PAYOUT,
                                        "payout \"" + payoutId + "\": expected the id of one"));
    }

    /** A payout of anybody, with its account. */
    public Optional<Payout> find(String payoutId) {
        return PathIds.uuid(payoutId)
                .flatMap(table::find)
                .map(payout -> payout.to(destinations.of(payout.payoutId())))
                .map(payout -> because(List.of(payout)).getFirst());
    }

    private List<Payout> because(List<Payout> found) {
        Map<UUID, Map<String, String>> words =
                texts.of(
                        found.stream()
                                .map(Payout::resolution)
                                .flatMap(Stream::ofNullable)
                                .map(Payout.Resolution::resolutionId)
                                .toList());
        return found.stream()
                .map(
                        payout ->
                                payout.resolution() == null
                                        ? payout
                                        : payout.because(
                                                words.getOrDefault(
                                                                payout.resolution().resolutionId(),
                                                                Map.of())
                                                        .get(Reasons.FIELD)))
                .toList();
    }

    /**
     * Payouts, latest first, with their accounts.
     *
     * @param creatorId whose; null: everybody's
     * @param status only such; null: any
     */
    public Page<Payout> page(
            @Nullable String creatorId, @Nullable String status, PageRequest page) {
        Page<Payout> found =
                Page.of(
                        table.page(creatorId, status, page.before(), page.limit() + 1),
                        page,
                        Payout::position);
        List<UUID> ids = found.items().stream().map(Payout::payoutId).toList();
        Map<UUID, Payout.Destination> accounts = destinations.of(ids);
        return new Page<>(
                because(
                        found.items().stream()
                                .map(payout -> payout.to(accounts.get(payout.payoutId())))
                                .toList()),
                found.nextCursor());
    }
}
