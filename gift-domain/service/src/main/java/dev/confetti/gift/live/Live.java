package dev.confetti.gift.live;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.gift.aggregate.Decided;
import dev.confetti.gift.live.LiveCommand.CreateLive;
import dev.confetti.gift.live.LiveCommand.EndLive;
import dev.confetti.gift.live.LiveCommand.LeaveLive;
import dev.confetti.gift.live.LiveCommand.StartLive;
import dev.confetti.gift.live.LiveDecision.Accepted;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** The aggregate of one live: Axon's shell around {@link LiveState} and {@link LiveRules}. */
public class Live {
    /** The stream type of lives; their stream id is the live's. */
    public static final String STREAM_TYPE = "live";

    @AggregateIdentifier private final String name;
    private LiveState state = LiveState.NONE;

    Live(String name) {
        this.name = name;
    }

    /**
     * A live's decision.
     *
     * @param sequence of the live's last event, -1 when it has none
     */
    public record Outcome(LiveDecision decision, long sequence) implements Decided {
        @Override
        public boolean isAccepted() {
            return decision instanceof Accepted;
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome create(CreateLive create, MetaData metadata) {
        return decide(create, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome start(StartLive start, MetaData metadata) {
        return decide(start, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome leave(LeaveLive leave, MetaData metadata) {
        return decide(leave, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome end(EndLive end, MetaData metadata) {
        return decide(end, metadata);
    }

    private Outcome decide(LiveCommand command, MetaData metadata) {
        LiveDecision decision = LiveRules.decide(state, command);
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
