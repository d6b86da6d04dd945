package dev.confetti.gift.earning;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.gift.earning.EarningsBook.Due;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** The aggregate of one creator's released earnings; gifts do not write to it. */
public class Creator {
    /** The stream type of creators; their stream id is the creator's. */
    public static final String STREAM_TYPE = "creator";

    @AggregateIdentifier private final String name;
    private long releasedThrough;

    Creator(String name) {
        this.name = name;
    }

    /** Releases earnings whose hold is over. */
    record ReleaseEarnings(Due due) {}

    /** False when they were released before. */
    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Boolean release(ReleaseEarnings release, MetaData metadata) {
        Due due = release.due();
        if (due.fromPosition() <= releasedThrough) {
            return false;
        }
        AggregateLifecycle.apply(
                new EarningsReleased(
                        due.creatorId(),
                        due.diamonds(),
                        due.fromPosition(),
                        due.throughPosition(),
                        due.countedThrough(),
                        due.amounts()),
                metadata);
        return true;
    }

    @EventSourcingHandler
    void on(ConfettiEvent event) {
        if (event instanceof EarningsReleased released) {
            releasedThrough = released.throughPosition();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
