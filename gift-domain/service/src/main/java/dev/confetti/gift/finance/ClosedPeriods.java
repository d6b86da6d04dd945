package dev.confetti.gift.finance;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.gift.aggregate.Decided;
import dev.confetti.gift.finance.CloseDecision.Accepted;
import java.time.YearMonth;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The aggregate of all closed months: Axon's shell around {@link PeriodRules}. */
class ClosedPeriods {
    static final String STREAM_TYPE = "periods";

    /** There is one, since months are closed in order. */
    static final String STREAM_ID = "ledger";

    @AggregateIdentifier private final String name;
    private @Nullable YearMonth lastClosed;

    ClosedPeriods(String name) {
        this.name = name;
    }

    /**
     * A decision.
     *
     * @param sequence of the last close, -1 before the first
     */
    record Outcome(CloseDecision decision, long sequence) implements Decided {
        @Override
        public boolean isAccepted() {
            return decision instanceof Accepted;
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Outcome close(ClosePeriod close, MetaData metadata) {
        CloseDecision decision = PeriodRules.close(lastClosed, close);
        if (decision instanceof Accepted accepted) {
            AggregateLifecycle.apply(accepted.event(), metadata);
        }
        return new Outcome(decision, Decided.lastSequence());
    }

    @EventSourcingHandler
    void on(PeriodClosed closed) {
        lastClosed = YearMonth.parse(closed.period());
    }

    @Override
    public String toString() {
        return name;
    }
}
