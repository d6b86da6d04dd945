package dev.confetti.gift.payout;

import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.earning.CreatorCommand;
import dev.confetti.gift.earning.CreatorCommand.ApprovePayout;
import dev.confetti.gift.earning.CreatorCommand.HoldPayouts;
import dev.confetti.gift.earning.CreatorCommand.RejectPayout;
import dev.confetti.gift.earning.CreatorCommand.RequestPayout;
import dev.confetti.gift.earning.CreatorCommand.ResumePayouts;
import dev.confetti.gift.earning.CreatorCommand.WithdrawPayout;
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
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.sending.Reasons;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
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
    private final Supplier<UUID> ids;
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
            Supplier<UUID> ids,
            String currency,
            InstantSource clock) {
        this.creators = creators;
        this.book = book;
        this.table = table;
        this.log = log;
        this.onceOnly = onceOnly;
        this.destinations = destinations;
        this.texts = texts;
        this.ids = ids;
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
                    throw refused(decision);
                }
                head = log.head();
            }
            throw new LogUnavailableException(
                    "what creator " + creatorId + " earned is not added up yet", false, null);
        }

        private void requireOneCurrency(Standing standing) {
            if (standing.isMixed()) {
                throw new RefusedException(
                        ProblemType.CURRENCIES_MIXED,
                        "creator "
                                + creatorId
                                + " has earnings in another currency than "
                                + currency
                                + ", in which payouts are made: expected finance to settle them");
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

    private static RefusedException refused(CreatorDecision decision) {
        return switch (decision) {
            case CreatorDecision.InsufficientDiamonds(var available, var needed) ->
                    new RefusedException(
                            ProblemType.INSUFFICIENT_DIAMONDS,
                            "the payout needs "
                                    + needed
                                    + " diamonds; expected as many to be available, there are "
                                    + available,
                            Map.of("available", available.toString(), "needed", needed.toString()));
            case CreatorDecision.BelowMinimum(long minimumDiamonds) ->
                    new RefusedException(
                            ProblemType.BELOW_MINIMUM,
                            "expected a payout of at least "
                                    + minimumDiamonds
                                    + " diamonds, of which fee and tax leave something",
                            Map.of("minimumDiamonds", minimumDiamonds));
            case CreatorDecision.SamePerson _ ->
                    new RefusedException(
                            ProblemType.SAME_PERSON,
                            "expected another person to decide about a payout than who is paid");
            case CreatorDecision.NotRequested(UUID payoutId) ->
                    new RefusedException(
                            ProblemType.PAYOUT_NOT_REQUESTED,
                            "payout "
                                    + payoutId
                                    + ": expected one that waits for a decision; it was decided");
            case CreatorDecision.NotApproved(UUID payoutId) ->
                    new RefusedException(
                            ProblemType.PAYOUT_NOT_APPROVED,
                            "payout "
                                    + payoutId
                                    + ": expected one that is approved and in no batch yet");
            case CreatorDecision.Held _ ->
                    new RefusedException(
                            ProblemType.PAYOUTS_HELD,
                            "the creator's payouts are held: expected finance to resume them first");
            case CreatorDecision.Accepted _,
                    CreatorDecision.LookAgain _,
                    CreatorDecision.AsBefore _,
                    CreatorDecision.TooEarly _,
                    CreatorDecision.Contradicted _,
                    CreatorDecision.ReleasedBefore _ ->
                    throw new IllegalStateException(decision + " is no refusal");
        };
    }

    /** Lets a payout go on; again by the same person has no effect. */
    public Payout approve(String staffId, String payoutId) {
        Payout payout = require(payoutId);
        UUID eventId = decisionOf(payout);
        return decide(
                payout,
                new ApprovePayout(
                        eventId, clock.instant(), payout.creatorId(), payout.payoutId(), staffId),
                Map.of(),
                recorded ->
                        recorded.event() instanceof PayoutApproved approved
                                && approved.approvedBy().equals(staffId),
                new CreatorDecision.NotRequested(payout.payoutId()));
    }

    /** Stops a payout; again by the same person has no effect. */
    public Payout reject(String staffId, String payoutId, String reason) {
        Payout payout = require(payoutId);
        UUID eventId = decisionOf(payout);
        return decide(
                payout,
                new RejectPayout(
                        eventId, clock.instant(), payout.creatorId(), payout.payoutId(), staffId),
                Map.of(Reasons.FIELD, reason),
                recorded ->
                        recorded.event() instanceof PayoutRejected rejected
                                && rejected.rejectedBy().equals(staffId),
                new CreatorDecision.NotRequested(payout.payoutId()));
    }

    /** Takes an approval back, as long as no batch has the payout; again has no effect. */
    public Payout withdraw(String staffId, String payoutId, String reason) {
        Payout payout = require(payoutId);
        return decide(
                payout,
                new WithdrawPayout(
                        EventIds.of("confetti", "withdraw-payout", payout.payoutId().toString()),
                        clock.instant(),
                        payout.creatorId(),
                        payout.payoutId(),
                        staffId),
                Map.of(Reasons.FIELD, reason),
                recorded ->
                        recorded.event() instanceof PayoutWithdrawn withdrawn
                                && withdrawn.withdrawnBy().equals(staffId),
                new CreatorDecision.NotApproved(payout.payoutId()));
    }

    /** A payout is decided once: the decision is named after it. */
    private static UUID decisionOf(Payout payout) {
        return EventIds.of("confetti", "decide-payout", payout.payoutId().toString());
    }

    @FunctionalInterface
    private interface Own {
        boolean is(LogRecord recorded);
    }

    /**
     * Decides once.
     *
     * @param own whether a recorded decision is this one
     * @param otherwise what it is answered when another decision came before
     */
    private Payout decide(
            Payout payout,
            CreatorCommand command,
            Map<String, String> words,
            Own own,
            CreatorDecision otherwise) {
        onceOnly.answer(
                new OnceOnly.Request<UUID>() {
                    @Override
                    public UUID eventId() {
                        return command.eventId();
                    }

                    @Override
                    public Map<String, String> texts() {
                        return words;
                    }

                    @Override
                    public UUID perform() {
                        CreatorDecision decision = performed(command, otherwise);
                        if (decision instanceof CreatorDecision.Accepted) {
                            return command.eventId();
                        }
                        throw refused(decision);
                    }

                    @Override
                    public boolean isSameAs(LogRecord recorded, Map<String, String> texts) {
                        if (own.is(recorded)) {
                            return true;
                        }
                        throw refused(otherwise);
                    }

                    @Override
                    public UUID answerAgain(LogRecord recorded) {
                        return recorded.eventId();
                    }
                });
        return require(payout.payoutId().toString());
    }

    private CreatorDecision performed(CreatorCommand command, CreatorDecision otherwise) {
        try {
            return creators.perform(command);
        } catch (OutdatedAppendException anotherWasFaster) {
            creators.forget(command.creatorId());
            return otherwise;
        }
    }

    /** Whether nothing is paid to a creator for now. */
    public record HoldState(String creatorId, boolean payoutsHeld) {}

    /** Pays nothing to a creator until further notice; again has no effect. */
    public HoldState hold(String staffId, String creatorId, String reason) {
        UUID eventId = ids.get();
        change(new HoldPayouts(eventId, clock.instant(), creatorId, staffId), reason);
        return new HoldState(creatorId, true);
    }

    /** Pays a creator again, as another person wishes; again has no effect. */
    public HoldState resume(String staffId, String creatorId, String reason) {
        UUID eventId = ids.get();
        change(new ResumePayouts(eventId, clock.instant(), creatorId, staffId), reason);
        return new HoldState(creatorId, false);
    }

    private void change(CreatorCommand command, String reason) {
        CreatorDecision decision =
                texts.with(
                        command.eventId(),
                        Map.of(Reasons.FIELD, reason),
                        () -> creators.perform(command));
        if (decision instanceof CreatorDecision.SamePerson) {
            throw refused(decision);
        }
    }

    private Payout require(String payoutId) {
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
                .map(payout -> payout.to(destinations.of(payout.payoutId())));
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
        return found.map(payout -> payout.to(accounts.get(payout.payoutId())));
    }
}
