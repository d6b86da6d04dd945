package dev.confetti.gift.statement;

import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.gift.earning.AtBank;
import dev.confetti.gift.earning.CreatorCommand;
import dev.confetti.gift.earning.CreatorCommand.FailPayout;
import dev.confetti.gift.earning.CreatorCommand.ReturnPayout;
import dev.confetti.gift.earning.CreatorCommand.SettlePayout;
import dev.confetti.gift.earning.CreatorDecision;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.payout.Payout;
import dev.confetti.gift.payout.PayoutQueries;
import dev.confetti.gift.purchase.Money;
import dev.confetti.gift.statement.BankLine.Kind;
import dev.confetti.gift.statement.BankLine.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a line of the bank does to its payout. */
public final class BankEffects {
    private static final Logger log = LoggerFactory.getLogger(BankEffects.class);

    private final PayoutQueries payouts;
    private final Creators creators;
    private final EventLog events;
    private final InstantSource clock;

    public BankEffects(
            PayoutQueries payouts, Creators creators, EventLog events, InstantSource clock) {
        this.payouts = payouts;
        this.creators = creators;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Lets a line have its effect.
     *
     * @param line waits, and has a payout
     * @param all the lines of its payout
     * @return the line as it then stands
     */
    BankLine apply(BankLine line, List<BankLine> all) {
        UUID payoutId = Objects.requireNonNull(line.payoutId());
        String kind = line.kind().text();
        if (hasOther(all, line.kind(), State.APPLIED)) {
            return contradicted(line, "the bank says a second time that it was " + kind);
        }
        if (line.kind() == Kind.DEBITED && line.isReversal()) {
            return contradicted(line, "the bank takes back what it had put on our account");
        }
        boolean mayUndo = line.isReversal() || !line.isReturn();
        if (line.kind() == Kind.CREDITED
                && mayUndo
                && hasOther(all, Kind.DEBITED, State.CONTRADICTED)) {
            return contradicted(
                    line, "it may undo a debit that was none of the payout's; people must tell");
        }
        UUID eventId = AtBank.eventId(outcome(line.kind()), payoutId);
        if (events.find(eventId).isPresent()) {
            return line.in(State.APPLIED, null);
        }
        try {
            Payout payout = payouts.find(payoutId).orElseThrow();
            return after(line, creators.perform(command(line, payout, eventId)));
        } catch (DuplicateEventException anotherWasFaster) {
            return line.in(State.APPLIED, null);
        }
    }

    private static PayoutOutcome outcome(Kind kind) {
        return switch (kind) {
            case REJECTED -> PayoutOutcome.FAILED;
            case DEBITED -> PayoutOutcome.SETTLED;
            case CREDITED -> PayoutOutcome.RETURNED;
        };
    }

    private static boolean hasOther(List<BankLine> all, Kind kind, State state) {
        return all.stream().anyMatch(other -> other.kind() == kind && other.state() == state);
    }

    private CreatorCommand command(BankLine line, Payout payout, UUID eventId) {
        Instant now = clock.instant();
        return switch (line.kind()) {
            case REJECTED ->
                    new FailPayout(
                            eventId,
                            now,
                            payout.creatorId(),
                            payout.payoutId(),
                            line.bankMessageId(),
                            line.bankReason());
            case DEBITED -> {
                Money taken = Objects.requireNonNull(line.amount());
                yield new SettlePayout(
                        eventId,
                        now,
                        payout.creatorId(),
                        payout.payoutId(),
                        taken.amountMinor(),
                        line.chargesMinor(),
                        taken.currency(),
                        line.bankMessageId());
            }
            case CREDITED -> {
                Money back = Objects.requireNonNull(line.amount());
                yield new ReturnPayout(
                        eventId,
                        now,
                        payout.creatorId(),
                        payout.payoutId(),
                        back.amountMinor(),
                        line.chargesMinor(),
                        line.isReturn(),
                        back.currency(),
                        line.bankMessageId(),
                        line.bankReason());
            }
        };
    }

    private static BankLine after(BankLine line, CreatorDecision decision) {
        return switch (decision) {
            case CreatorDecision.Accepted _ -> line.in(State.APPLIED, null);
            case CreatorDecision.TooEarly(String why) -> line.in(State.WAITING, why);
            case CreatorDecision.Contradicted(String why) -> contradicted(line, why);
            default ->
                    throw new IllegalStateException(
                            line + ": expected an effect or a reason, got " + decision);
        };
    }

    private static BankLine contradicted(BankLine line, String why) {
        log.warn(
                "line {} of bank message {} has no effect, finance must look: {}",
                line.line(),
                line.bankMessageId(),
                why);
        return line.in(State.CONTRADICTED, why);
    }
}
