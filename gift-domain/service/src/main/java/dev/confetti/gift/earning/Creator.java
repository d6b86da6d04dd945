package dev.confetti.gift.earning;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.PayoutsHeld;
import dev.confetti.gift.aggregate.Decided;
import dev.confetti.gift.earning.CreatorCommand.ApprovePayout;
import dev.confetti.gift.earning.CreatorCommand.ApproveResolution;
import dev.confetti.gift.earning.CreatorCommand.FailPayout;
import dev.confetti.gift.earning.CreatorCommand.HoldPayouts;
import dev.confetti.gift.earning.CreatorCommand.RejectPayout;
import dev.confetti.gift.earning.CreatorCommand.ReleaseEarnings;
import dev.confetti.gift.earning.CreatorCommand.RequestPayout;
import dev.confetti.gift.earning.CreatorCommand.RequestResolution;
import dev.confetti.gift.earning.CreatorCommand.ResumePayouts;
import dev.confetti.gift.earning.CreatorCommand.ReturnPayout;
import dev.confetti.gift.earning.CreatorCommand.RevalueEarnings;
import dev.confetti.gift.earning.CreatorCommand.SendPayout;
import dev.confetti.gift.earning.CreatorCommand.SettlePayout;
import dev.confetti.gift.earning.CreatorCommand.WithdrawPayout;
import dev.confetti.gift.earning.CreatorDecision.Accepted;
import dev.confetti.gift.earning.CreatorDecision.AsBefore;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * The aggregate of one creator's released earnings and payouts: Axon's shell around {@link
 * CreatorState} and {@link PayoutRules}. Gifts do not write to it.
 */
public class Creator {
    /** The stream type of creators; their stream id is the creator's. */
    public static final String STREAM_TYPE = "creator";

    @AggregateIdentifier private final String name;
    private final PayoutRules rules;
    private CreatorState state = CreatorState.NONE;

    Creator(String name, PayoutRules rules) {
        this.name = name;
        this.rules = rules;
    }

    /**
     * A decision.
     *
     * @param sequence of the creator's last event, -1 when it has none
     */
    record Outcome(CreatorDecision decision, long sequence) implements Decided {
        @Override
        public boolean isAccepted() {
            return decision instanceof Accepted;
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome release(ReleaseEarnings release, MetaData metadata) {
        Due due = release.due();
        return outcome(
                due.fromPosition() <= state.releasedThrough()
                        ? new CreatorDecision.ReleasedBefore()
                        : new Accepted(
                                new EarningsReleased(
                                        due.creatorId(),
                                        due.diamonds(),
                                        due.fromPosition(),
                                        due.throughPosition(),
                                        due.countedThrough(),
                                        due.amounts())),
                metadata);
    }

    /** Whether it is of what the creator has by now is for the append to see. */
    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome revalue(RevalueEarnings revalue, MetaData metadata) {
        Valuation valuation = revalue.valuation();
        return outcome(
                new Accepted(
                        new EarningsRevalued(
                                revalue.revaluationId(),
                                valuation.creatorId(),
                                valuation.countedThrough(),
                                revalue.currency(),
                                revalue.rateMicros(),
                                valuation.pending(),
                                valuation.pendingAmounts(),
                                valuation.available(),
                                valuation.availableAmounts(),
                                revalue.requestedBy(),
                                revalue.approvedBy())),
                metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome request(RequestPayout request, MetaData metadata) {
        return outcome(rules.request(state, request), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome approve(ApprovePayout approve, MetaData metadata) {
        return outcome(rules.approve(state, approve), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome reject(RejectPayout reject, MetaData metadata) {
        return outcome(rules.reject(state, reject), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome withdraw(WithdrawPayout withdraw, MetaData metadata) {
        return outcome(PayoutRules.withdraw(state, withdraw), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome send(SendPayout send, MetaData metadata) {
        return outcome(BankRules.send(state, send), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome settle(SettlePayout settle, MetaData metadata) {
        return outcome(BankRules.settle(state, settle), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome fail(FailPayout fail, MetaData metadata) {
        return outcome(BankRules.fail(state, fail), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome giveBack(ReturnPayout back, MetaData metadata) {
        return outcome(BankRules.giveBack(state, back, rules.unstatedChargesMinor()), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome resolve(RequestResolution request, MetaData metadata) {
        return outcome(ResolutionRules.request(state, request), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome agree(ApproveResolution approve, MetaData metadata) {
        return outcome(ResolutionRules.approve(state, approve), metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome hold(HoldPayouts hold, MetaData metadata) {
        return outcome(
                state.isHeld()
                        ? new AsBefore()
                        : new Accepted(new PayoutsHeld(hold.creatorId(), hold.by(), null)),
                metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome resume(ResumePayouts resume, MetaData metadata) {
        return outcome(PayoutRules.resume(state, resume), metadata);
    }

    private Outcome outcome(CreatorDecision decision, MetaData metadata) {
        if (decision instanceof Accepted accepted) {
            AggregateLifecycle.apply(accepted.event(), metadata);
        }
        return new Outcome(decision, Decided.lastSequence());
    }

    @EventSourcingHandler
    void on(ConfettiEvent event) {
        state = state.evolve(event);
    }

    @Override
    public String toString() {
        return name;
    }
}
