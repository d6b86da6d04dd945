package dev.confetti.simulation.model;

import dev.confetti.simulation.model.BankTells.Booked;
import dev.confetti.simulation.model.BankTells.Booked.As;
import dev.confetti.simulation.model.BankTells.Rejected;
import dev.confetti.simulation.model.Command.TellBank;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the bank tells of payouts: each line has its effect once, as soon as it can. */
final class Bank {
    private static final String REASON = "AC04";

    /** So little may be missing of what comes back without a word of the bank. */
    private static final long UNSTATED_MINOR = 7;

    private final Journal journal;
    private final Payroll payroll;
    private final Payouts payouts;
    private final Cash cash;

    /** Messages by their content: the same again is the same. */
    private final Map<List<Object>, Name> messages = new HashMap<>();

    private final Set<Name> recorded = new HashSet<>();

    /** By the bank's name of it, in the order in which they came. */
    private final Map<List<Object>, Line> lines = new LinkedHashMap<>();

    Bank(Journal journal, Payroll payroll, Payouts payouts, Cash cash) {
        this.journal = journal;
        this.payroll = payroll;
        this.payouts = payouts;
        this.cash = cash;
    }

    private static final class Line {
        final BankTells told;
        final @Nullable Payout payout;
        String state;

        /** The first one that was recorded. */
        Name message;

        Line(BankTells told, @Nullable Payout payout, Name message) {
            this.told = told;
            this.payout = payout;
            this.message = message;
            this.state = payout == null ? "unmatched" : "waiting";
        }

        String kind() {
            return switch (told) {
                case Rejected _ -> "rejected";
                case Booked booked -> booked.back() ? "credited" : "debited";
            };
        }
    }

    Facts tell(TellBank tell) {
        Name message =
                messages.computeIfAbsent(
                        List.of(tell.reference(), tell.lines()),
                        content -> journal.named("bank message"));
        Set<List<Object>> told = keep(tell, message);
        boolean isNew = !recorded.contains(message);
        if (isNew && record(tell, message).equals(Facts.OUTCOME_UNKNOWN)) {
            return Facts.OUTCOME_UNKNOWN;
        }
        Set<Payout> concerned = new LinkedHashSet<>();
        for (List<Object> reference : told) {
            Payout payout = line(reference).payout;
            if (payout != null) {
                concerned.add(payout);
            }
        }
        for (Payout payout : concerned) {
            if (isUnknownAfter(payout)) {
                return Facts.OUTCOME_UNKNOWN;
            }
        }
        return shown(message, isNew, told);
    }

    private Line line(List<Object> reference) {
        Line line = lines.get(reference);
        if (line == null) {
            throw new IllegalStateException("no line " + reference);
        }
        return line;
    }

    private Facts record(TellBank tell, Name message) {
        return journal.append(
                null,
                "bank-message " + message.text(),
                0,
                new Facts("bank-message-received")
                        .with("message", message)
                        .with("kind", tell.isStatement() ? "camt.053" : "pain.002")
                        .with("reference", tell.reference())
                        .with("lines", tell.lines().size())
                        .with("by", tell.by()),
                new Facts("done"),
                () -> {
                    recorded.add(message);
                    return List.of();
                });
    }

    /** Keeps what is new; the names of all that is told. */
    private Set<List<Object>> keep(TellBank tell, Name message) {
        Set<List<Object>> told = new LinkedHashSet<>();
        Map<List<Object>, Integer> alike = new HashMap<>();
        for (BankTells each : tell.lines()) {
            Payout payout = payouts.find(each.payout());
            List<Object> reference =
                    switch (each) {
                        case Rejected _ ->
                                payout == null
                                        ? List.of(message, told.size())
                                        : List.of("rejected", payout.name);
                        // Two bookings that are alike in one statement are two.
                        case Booked(
                                        Name of,
                                        boolean back,
                                        var _,
                                        long amount,
                                        String name,
                                        var on) ->
                                List.of(
                                        of,
                                        back,
                                        amount,
                                        name,
                                        on,
                                        alike.merge(
                                                List.of(of, back, amount, name, on),
                                                1,
                                                Integer::sum));
                    };
            told.add(reference);
            Line before =
                    lines.computeIfAbsent(reference, absent -> new Line(each, payout, message));
            if (!recorded.contains(before.message)) {
                before.message = message;
            }
        }
        return told;
    }

    private Facts shown(Name message, boolean isNew, Set<List<Object>> told) {
        Facts facts = Economy.done().with("repeated", !isNew).with("message", message);
        int i = 0;
        for (var line : lines.entrySet()) {
            if (told.contains(line.getKey())) {
                Payout payout = line.getValue().payout;
                facts =
                        facts.with(i + ".kind", line.getValue().kind())
                                .with(i + ".payout", payout == null ? null : payout.name)
                                .with(i + ".state", line.getValue().state)
                                .with(i + ".message", line.getValue().message);
                i++;
            }
        }
        return facts;
    }

    /** Looks again at all that waits, those that came first first. */
    Facts lookAgain() {
        Set<Payout> waitedFor = new LinkedHashSet<>();
        for (Line line : lines.values()) {
            Payout payout = line.payout;
            if (payout != null && line.state.equals("waiting") && recorded.contains(line.message)) {
                waitedFor.add(payout);
            }
        }
        for (Payout payout : waitedFor) {
            if (isUnknownAfter(payout)) {
                return Facts.OUTCOME_UNKNOWN;
            }
        }
        return new Facts("done");
    }

    /** Lets a payout's lines have their effects; true when one got no answer. */
    private boolean isUnknownAfter(Payout payout) {
        List<Line> ofPayout = new ArrayList<>();
        for (Line line : lines.values()) {
            if (payout.equals(line.payout) && recorded.contains(line.message)) {
                ofPayout.add(line);
            }
        }
        boolean again = true;
        while (again) {
            again = false;
            for (Line line : ofPayout) {
                if (line.state.equals("waiting")) {
                    String after = effect(payout, line, ofPayout);
                    if (after.equals("unknown")) {
                        return true;
                    }
                    line.state = after;
                    again |= !after.equals("waiting");
                    if (again) {
                        break;
                    }
                }
            }
        }
        return false;
    }

    private String effect(Payout payout, Line line, List<Line> ofPayout) {
        if (ofPayout.stream()
                .anyMatch(
                        other ->
                                other.kind().equals(line.kind())
                                        && other.state.equals("applied"))) {
            return "contradicted";
        }
        if (payout.atBank.contains(line.kind())) {
            return "applied";
        }
        boolean isBeforeSent =
                payout.status.equals("requested") || payout.status.equals("approved");
        boolean isSent = payout.status.equals("sent");
        return switch (line.told) {
            case Rejected _ ->
                    isBeforeSent
                            ? "waiting"
                            : isSent ? fail(payout, Word.of(line)) : "contradicted";
            case Booked(Name _, boolean back, As as, long amountMinor, var _, var _) -> {
                if (isOfPeople(back, as, ofPayout)) {
                    yield "contradicted";
                }
                if (isBeforeSent || (back && isSent)) {
                    yield "waiting";
                }
                if (!back) {
                    yield isSent && amountMinor == payout.netMinor()
                            ? settle(payout, 0, Word.of(line))
                            : "contradicted";
                }
                yield payout.status.equals("settled")
                                && amountMinor >= 1
                                && amountMinor <= payout.netMinor()
                                && (as == As.RETURN
                                        || payout.netMinor() - amountMinor <= UNSTATED_MINOR)
                        ? giveBack(payout, amountMinor, Word.of(line))
                        : "contradicted";
            }
        };
    }

    /** Whether nobody but people can tell what a booking undoes. */
    private static boolean isOfPeople(boolean back, As as, List<Line> ofPayout) {
        boolean wasDebitedOddly =
                ofPayout.stream()
                        .anyMatch(
                                other ->
                                        other.kind().equals("debited")
                                                && other.state.equals("contradicted"));
        return back ? as != As.RETURN && wasDebitedOddly : as == As.REVERSAL;
    }

    /**
     * Who says what became of a payout.
     *
     * @param source the bank's message, or what somebody said
     * @param agreedBy the second person; null when the bank says so
     */
    private record Word(Name source, @Nullable String reason, @Nullable String agreedBy) {
        static Word of(Line line) {
            boolean hasReason =
                    switch (line.told) {
                        case Rejected _ -> true;
                        case Booked booked -> booked.back() && booked.as() == As.RETURN;
                    };
            return new Word(line.message, hasReason ? REASON : null, null);
        }

        Facts on(Facts event) {
            return event.with("bankMessage", source)
                    .with("bankReason", reason)
                    .with("agreedBy", agreedBy);
        }
    }

    /** What two persons say has the effect of the bank's word. */
    Facts asPeopleSay(
            Payout payout, Name resolution, String outcome, long chargesMinor, String agreedBy) {
        Word word = new Word(resolution, null, agreedBy);
        String effect =
                switch (outcome) {
                    case "settled" -> settle(payout, chargesMinor, word);
                    case "failed" -> fail(payout, word);
                    default -> giveBack(payout, payout.netMinor() - chargesMinor, word);
                };
        if (payout.atBank.contains(kindOf(outcome)) && payout.status.equals(outcome)) {
            payout.resolvedBy.put(outcome, resolution);
            payout.agreedBy.put(outcome, agreedBy);
        }
        return effect.equals("unknown")
                ? Facts.OUTCOME_UNKNOWN
                : new Facts("done").with("status", outcome);
    }

    private static String kindOf(String outcome) {
        return switch (outcome) {
            case "settled" -> "debited";
            case "failed" -> "rejected";
            default -> "credited";
        };
    }

    private String settle(Payout payout, long chargesMinor, Word word) {
        return append(
                payout,
                "settled",
                word.on(
                        new Facts("payout-settled")
                                .with("creator", payout.creator)
                                .with("payout", payout.name)
                                .with("netMinor", payout.netMinor())
                                .with("chargesMinor", chargesMinor)),
                () -> {
                    payout.settledAt = journal.now();
                    cash.book(Cash.IN_TRANSIT, Cash.BANK, payout.netMinor());
                    cash.book(Cash.BANK_CHARGES, Cash.BANK, chargesMinor);
                });
    }

    private String fail(Payout payout, Word word) {
        return append(
                payout,
                "failed",
                word.on(payout.eventWithCharges("failed")),
                () -> {
                    payroll.account(payout.creator).comesBack(payout);
                    cash.book(Cash.IN_TRANSIT, Cash.PAYABLE, payout.netMinor());
                    cash.chargesBack(payout);
                });
    }

    private String giveBack(Payout payout, long amountMinor, Word word) {
        long chargesMinor = payout.netMinor() - amountMinor;
        return append(
                payout,
                "returned",
                word.on(payout.eventWithCharges("returned").with("chargesMinor", chargesMinor)),
                () -> {
                    payroll.account(payout.creator).comesBack(payout);
                    cash.book(Cash.BANK, Cash.PAYABLE, amountMinor);
                    cash.book(Cash.BANK_CHARGES, Cash.PAYABLE, chargesMinor);
                    cash.chargesBack(payout);
                });
    }

    private String append(Payout payout, String outcome, Facts event, Runnable then) {
        Account account = payroll.account(payout.creator);
        Facts answer =
                journal.append(
                        null,
                        "creator " + payout.creator,
                        account.events,
                        event,
                        new Facts("done"),
                        () -> {
                            account.events++;
                            payout.atBank.add(kindOf(outcome));
                            payout.status = outcome;
                            payout.resolution = null;
                            then.run();
                            return List.of();
                        });
        return answer.equals(Facts.OUTCOME_UNKNOWN) ? "unknown" : "applied";
    }
}
