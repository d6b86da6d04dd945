package dev.confetti.gift.finance;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.gift.aggregate.Decided;
import dev.confetti.gift.finance.AdjustmentCommand.ApproveAdjustment;
import dev.confetti.gift.finance.AdjustmentCommand.RejectAdjustment;
import dev.confetti.gift.finance.AdjustmentCommand.RequestAdjustment;
import dev.confetti.gift.finance.AdjustmentDecision.Accepted;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * The aggregate of one adjustment: Axon's shell around {@link AdjustmentState} and {@link
 * AdjustmentRules}.
 */
class Adjustment {
    /** The stream type of adjustments; their stream id is the adjustment's. */
    static final String STREAM_TYPE = "adjustment";

    @AggregateIdentifier private final String name;
    private AdjustmentState state = new AdjustmentState.None();

    Adjustment(String name) {
        this.name = name;
    }

    /**
     * A decision.
     *
     * @param sequence of the adjustment's last event, -1 when it has none
     */
    record Outcome(AdjustmentDecision decision, long sequence) implements Decided {
        @Override
        public boolean isAccepted() {
            return decision instanceof Accepted;
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome request(RequestAdjustment request, MetaData metadata) {
        return decide(request, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome approve(ApproveAdjustment approve, MetaData metadata) {
        return decide(approve, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome reject(RejectAdjustment reject, MetaData metadata) {
        return decide(reject, metadata);
    }

    private Outcome decide(AdjustmentCommand command, MetaData metadata) {
        AdjustmentDecision decision = AdjustmentRules.decide(state, command);
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
