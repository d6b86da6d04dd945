package dev.confetti.gift.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.events.EventIds;
import dev.confetti.events.FinanceEvent.BankMessageReceived;
import dev.confetti.gift.bank.AccountStatement;
import dev.confetti.gift.bank.BankMessage;
import dev.confetti.gift.bank.BankMessages;
import dev.confetti.gift.bank.MalformedBankMessageException;
import dev.confetti.gift.bank.PaymentStatusReport;
import dev.confetti.gift.bank.StatementLine;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.payout.Payout;
import dev.confetti.gift.payout.PayoutQueries;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.statement.BankMessageTable.Received;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the bank tells: keeps its lines, records the message, then lets each line have its
 * effect on its payout, once. A line that comes before that on which it follows waits for it.
 */
public final class BankDesk {
    /** The stream type of the bank's messages; each has one event, named after it. */
    public static final String STREAM_TYPE = "bank-message";

    private static final String STATEMENT = "camt.053";

    private static final Logger log = LoggerFactory.getLogger(BankDesk.class);

    private final BankMessages reader = new BankMessages();
    private final BankLines finder;
    private final BankLineTable lines;
    private final BankMessageTable messages;
    private final BankEffects effects;
    private final EventLog events;
    private final InstantSource clock;

    public BankDesk(
            PayoutQueries payouts,
            BankLineTable lines,
            BankMessageTable messages,
            BankEffects effects,
            EventLog events,
            InstantSource clock) {
        this.finder = new BankLines(payouts);
        this.lines = lines;
        this.messages = messages;
        this.effects = effects;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A message and what became of its lines.
     *
     * @param lines those that have to do with our account; one that another message told before has
     *     that message's id
     * @param note what people should know of it; null: nothing but its lines
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Told(Received message, List<BankLine> lines, @Nullable String note) {
        private static final String QUIET =
                "0 entries are booked in this statement; where it has an opening and a closing"
                        + " balance, they are equal";

        public Told {
            lines = List.copyOf(lines);
        }

        static Told of(Received message, List<BankLine> lines) {
            boolean isQuiet = message.kind().equals(STATEMENT) && message.lines() == 0;
            return new Told(message, lines, isQuiet ? QUIET : null);
        }
    }

    /**
     * Takes a file of the bank.
     *
     * @throws RefusedException {@code malformed-request}; {@code same-person}
     */
    public Answer<Told> receive(String staffId, byte[] xml) {
        BankMessage message = read(xml);
        UUID bankMessageId = EventIds.of("confetti", "bank-message", sha256(xml));
        BankLines.Told found = finder.of(bankMessageId, message);
        requireAnother(staffId, found.payouts());
        List<BankLine> told = found.lines();
        lines.add(told);
        boolean recorded = record(staffId, bankMessageId, message);
        Set<UUID> payoutIds = new LinkedHashSet<>();
        for (BankLine line : told) {
            if (line.payoutId() != null) {
                payoutIds.add(line.payoutId());
            }
        }
        payoutIds.forEach(this::applyWaiting);
        return new Answer<>(
                Told.of(
                        messages.find(bankMessageId).orElseThrow(),
                        lines.of(told.stream().map(BankLine::reference).toList())),
                !recorded);
    }

    /** Nobody says of their own payouts what became of them. */
    private static void requireAnother(String staffId, List<Payout> told) {
        for (Payout payout : told) {
            if (payout.creatorId().equals(staffId)) {
                throw new RefusedException(
                        ProblemType.SAME_PERSON,
                        "the message tells of payout "
                                + payout.payoutId()
                                + ", which is to "
                                + staffId
                                + ": expected another person to hand it in");
            }
        }
    }

    private BankMessage read(byte[] xml) {
        try {
            return reader.read(xml);
        } catch (MalformedBankMessageException e) {
            throw new RefusedException(
                    ProblemType.MALFORMED_REQUEST,
                    "body: " + Objects.requireNonNullElse(e.getMessage(), "no bank message"));
        }
    }

    /** False when it was recorded before. */
    private boolean record(String staffId, UUID bankMessageId, BankMessage message) {
        BankMessageReceived event =
                switch (message) {
                    case PaymentStatusReport report ->
                            new BankMessageReceived(
                                    bankMessageId,
                                    "pain.002",
                                    report.messageId(),
                                    report.parts().stream()
                                            .mapToInt(part -> part.transactions().size())
                                            .sum(),
                                    staffId);
                    case AccountStatement statement ->
                            new BankMessageReceived(
                                    bankMessageId,
                                    STATEMENT,
                                    statement.messageId(),
                                    Math.toIntExact(
                                            statement
                                                    .lines()
                                                    .filter(StatementLine::isBooked)
                                                    .count()),
                                    staffId);
                };
        try {
            events.append(
                    List.of(NewEvent.alone(bankMessageId, STREAM_TYPE, event, clock.instant())));
            return true;
        } catch (DuplicateEventException cameBefore) {
            return false;
        }
    }

    /** Looks again at what waits, also at what somebody broke off in. */
    public void lookAgain() {
        for (UUID payoutId : lines.payoutsWaitedFor()) {
            try {
                applyWaiting(payoutId);
            } catch (LogUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                // One must not hold up the others.
                log.error("the bank's lines of payout {} wait on", payoutId, e);
            }
        }
    }

    /** Until none of those that wait has an effect any more. */
    private void applyWaiting(UUID payoutId) {
        boolean again = true;
        while (again) {
            again = false;
            List<BankLine> all = lines.ofPayout(payoutId);
            for (BankLine line : all) {
                if (line.state() == BankLine.State.WAITING) {
                    BankLine after = effects.apply(line, all);
                    lines.settle(after);
                    if (after.state() != BankLine.State.WAITING) {
                        again = true;
                        break;
                    }
                }
            }
        }
    }

    /** A message, with the lines that it told first. */
    public Told require(String bankMessageId) {
        return PathIds.uuid(bankMessageId)
                .flatMap(messages::find)
                .map(message -> Told.of(message, lines.ofMessage(message.bankMessageId())))
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_BANK_MESSAGE,
                                        "bank message \""
                                                + bankMessageId
                                                + "\": expected the id of one"));
    }

    /** Messages, latest first. */
    public Page<Received> page(PageRequest page) {
        return Page.of(messages.page(page.before(), page.limit() + 1), page, Received::position);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
