package dev.confetti.gift.payout;

import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.DecidedOnce;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.earning.CreatorCommand;
import dev.confetti.gift.earning.CreatorCommand.ApprovePayout;
import dev.confetti.gift.earning.CreatorCommand.HoldPayouts;
import dev.confetti.gift.earning.CreatorCommand.RejectPayout;
import dev.confetti.gift.earning.CreatorCommand.ResumePayouts;
import dev.confetti.gift.earning.CreatorCommand.WithdrawPayout;
import dev.confetti.gift.earning.CreatorDecision;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.sending.Reasons;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What finance decides about payouts and those who are paid. Thread-safe. */
public final class PayoutDecisions {
    private final Payouts payouts;
    private final Creators creators;
    private final OnceOnly onceOnly;
    private final EventTexts texts;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public PayoutDecisions(
            Payouts payouts,
            Creators creators,
            OnceOnly onceOnly,
            EventTexts texts,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.payouts = payouts;
        this.creators = creators;
        this.onceOnly = onceOnly;
        this.texts = texts;
        this.ids = ids;
        this.clock = clock;
    }

    /** Lets a payout go on; again by the same person has no effect. */
    public Payout approve(String staffId, String payoutId) {
        Payout payout = payouts.require(payoutId);
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
        Payout payout = payouts.require(payoutId);
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
        Payout payout = payouts.require(payoutId);
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
            Predicate<LogRecord> own,
            CreatorDecision otherwise) {
        onceOnly.answer(
                new DecidedOnce(
                        command.eventId(),
                        words,
                        () -> PayoutRefusals.requireAccepted(performed(command, otherwise)),
                        own,
                        () -> PayoutRefusals.of(otherwise)));
        return payouts.require(payout.payoutId().toString());
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
            throw PayoutRefusals.of(decision);
        }
    }
}
