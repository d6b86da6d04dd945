package dev.confetti.gift.earning;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.gift.aggregate.Decided;
import dev.confetti.gift.earning.CreatorCommand.ApprovePayout;
import dev.confetti.gift.earning.CreatorCommand.RejectPayout;
import dev.confetti.gift.earning.CreatorCommand.ReleaseEarnings;
import dev.confetti.gift.earning.CreatorCommand.RequestPayout;
import dev.confetti.gift.earning.CreatorDecision.Accepted;
import dev.confetti.gift.earning.EarningsBook.Due;
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
