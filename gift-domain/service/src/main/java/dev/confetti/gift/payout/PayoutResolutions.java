package dev.confetti.gift.payout;

import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.events.CreatorEvent.PayoutResolutionRequested;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.DecidedOnce;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.earning.AtBank;
import dev.confetti.gift.earning.CreatorCommand.ApproveResolution;
import dev.confetti.gift.earning.CreatorCommand.RequestResolution;
import dev.confetti.gift.earning.CreatorDecision.NotResolvable;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.sending.Reasons;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Payouts whose end the bank's messages do not tell, or tell in a way that does not fit: one person
 * of finance says what became of it, another agrees. Thread-safe.
 */
public final class PayoutResolutions {
    private static final String OPERATION = "resolve-payout";

    private final Payouts payouts;
    private final Creators creators;
    private final EventLog log;
    private final OnceOnly onceOnly;
    private final InstantSource clock;

    public PayoutResolutions(
            Payouts payouts,
            Creators creators,
            EventLog log,
            OnceOnly onceOnly,
            InstantSource clock) {
        this.payouts = payouts;
        this.creators = creators;
        this.log = log;
        this.onceOnly = onceOnly;
        this.clock = clock;
    }

    /** What a request is answered with. */
    public record Requested(UUID resolutionId, UUID payoutId, String status) {}

    /** Says what became of a payout; it takes the place of what was said before. */
    public Answer<Requested> request(
            String staffId, IdempotencyKey key, String payoutId, RequestResolutionRequest request) {
        Payout payout = payouts.require(payoutId);
        return onceOnly.answer(
                new Requesting(
                        payout,
                        new RequestResolution(
                                EventIds.of(staffId, OPERATION, key.value()),
                                clock.instant(),
                                payout.creatorId(),
                                payout.payoutId(),
                                request.parsedOutcome(),
                                request.charges(),
                                staffId),
                        request.reason()));
    }

    private final class Requesting implements OnceOnly.Request<Requested> {
        private final Payout payout;
        private final RequestResolution command;
        private final String reason;

        private Requesting(Payout payout, RequestResolution command, String reason) {
            this.payout = payout;
            this.command = command;
            this.reason = reason;
        }

        @Override
        public UUID eventId() {
            return command.eventId();
        }

        @Override
        public Map<String, String> texts() {
            return Map.of(Reasons.FIELD, reason);
        }

        @Override
        public Requested perform() {
            PayoutRefusals.requireAccepted(creators.perform(command));
            return requested();
        }

        private Requested requested() {
            return new Requested(command.eventId(), payout.payoutId(), "requested");
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return recorded.event() instanceof PayoutResolutionRequested before
                    && before.payoutId().equals(command.payoutId())
                    && before.outcome() == command.outcome()
                    && before.chargesMinor() == command.chargesMinor()
                    && texts().equals(recordedTexts);
        }

        @Override
        public Requested answerAgain(LogRecord recorded) {
            return requested();
        }
    }

    /** Agrees with what somebody said; again by the same person has no effect. */
    public Payout approve(String staffId, String payoutId, String id) {
        Payout payout = payouts.require(payoutId);
        UUID resolutionId = PathIds.uuid(id).orElseThrow(() -> unknown(id));
        PayoutOutcome outcome =
                log.find(resolutionId)
                        .filter(said -> said.streamId().equals(payout.creatorId()))
                        .flatMap(said -> outcome(said, payout.payoutId()))
                        .orElseThrow(() -> unknown(id));
        ApproveResolution command =
                new ApproveResolution(
                        AtBank.eventId(outcome, payout.payoutId()),
                        clock.instant(),
                        payout.creatorId(),
                        payout.payoutId(),
                        resolutionId,
                        staffId);
        onceOnly.answer(
                new DecidedOnce(
                        command.eventId(),
                        Map.of(),
                        () -> PayoutRefusals.requireAccepted(creators.perform(command)),
                        recorded ->
                                resolutionId.equals(saidBy(recorded))
                                        && staffId.equals(agreedBy(recorded)),
                        () -> PayoutRefusals.of(new NotResolvable(resolutionId))));
        return payouts.require(payoutId);
    }

    private static Optional<PayoutOutcome> outcome(LogRecord said, UUID payoutId) {
        return said.event() instanceof PayoutResolutionRequested request
                        && request.payoutId().equals(payoutId)
                ? Optional.of(request.outcome())
                : Optional.empty();
    }

    private static RefusedException unknown(String id) {
        return new RefusedException(
                ProblemType.UNKNOWN_RESOLUTION,
                "resolution \"" + id + "\": expected the id of one of the payout's");
    }

    private static @Nullable UUID saidBy(LogRecord recorded) {
        return switch (recorded.event()) {
            case PayoutSettled settled -> settled.bankMessageId();
            case PayoutFailed failed -> failed.bankMessageId();
            case PayoutReturned returned -> returned.bankMessageId();
            default -> null;
        };
    }

    private static @Nullable String agreedBy(LogRecord recorded) {
        return switch (recorded.event()) {
            case PayoutSettled settled -> settled.resolvedBy();
            case PayoutFailed failed -> failed.resolvedBy();
            case PayoutReturned returned -> returned.resolvedBy();
            default -> null;
        };
    }
}
