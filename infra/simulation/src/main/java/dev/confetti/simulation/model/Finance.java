package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.CloseMonth;
import dev.confetti.simulation.model.Command.DecideAdjustment;
import dev.confetti.simulation.model.Command.DecideBreakage;
import dev.confetti.simulation.model.Command.RequestAdjustment;
import dev.confetti.simulation.model.Command.RequestBreakage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What two persons of finance do to the books, and the months that they close. */
final class Finance {
    private static final Set<String> EXPLAINED_BY_OTHERS = Set.of("2010:contract-liability");

    private final Journal journal;
    private final Cash cash;
    private final Map<Name, Paper> adjustments = new LinkedHashMap<>();
    private final Map<Name, Paper> estimates = new LinkedHashMap<>();

    /** By month: what the close was answered. */
    private final TreeMap<YearMonth, Facts> closed = new TreeMap<>();

    private long breakageMicros;

    Finance(Journal journal, Cash cash) {
        this.journal = journal;
        this.cash = cash;
    }

    /** Something that one person wants and another decides. */
    private static final class Paper {
        final String requestedBy;
        final long micros;
        final Facts content;
        String status = "requested";
        String decidedBy = "";

        Paper(String requestedBy, long micros, Facts content) {
            this.requestedBy = requestedBy;
            this.micros = micros;
            this.content = content.with("amountMicros", micros);
        }

        String text(String field) {
            return String.valueOf(content.values().get(field));
        }
    }

    List<Name> adjustments() {
        return List.copyOf(adjustments.keySet());
    }

    List<Name> estimates() {
        return List.copyOf(estimates.keySet());
    }

    Facts request(RequestAdjustment request) {
        if (EXPLAINED_BY_OTHERS.contains(request.debit())
                || EXPLAINED_BY_OTHERS.contains(request.credit())) {
            return new Facts("account-not-adjustable");
        }
        Name name = journal.named("adjustment");
        Paper paper =
                new Paper(
                        request.caller(),
                        request.amountMicros(),
                        new Facts("adjustment")
                                .with("adjustment", name)
                                .with("debit", request.debit())
                                .with("credit", request.credit()));
        return journal.append(
                request,
                "adjustment " + name.text(),
                0,
                Facts.of("adjustment-requested", paper.content.values())
                        .with("by", request.caller()),
                Economy.done().with("adjustment", name).with("status", "requested"),
                () -> {
                    adjustments.put(name, paper);
                    return List.of();
                });
    }

    Facts decide(DecideAdjustment decide) {
        Paper paper = adjustments.get(decide.adjustment());
        if (paper == null) {
            return new Facts("unknown-adjustment");
        }
        String status = decide.approve() ? "approved" : "rejected";
        if (!paper.status.equals("requested")) {
            return paper.status.equals(status) && paper.decidedBy.equals(decide.by())
                    ? new Facts("done").with("status", status)
                    : new Facts("adjustment-not-requested");
        }
        if (paper.requestedBy.equals(decide.by())) {
            return new Facts("same-person");
        }
        return journal.append(
                null,
                "adjustment " + decide.adjustment().text(),
                1,
                Facts.of("adjustment-" + status, paper.content.values()).with("by", decide.by()),
                new Facts("done").with("status", status),
                () -> {
                    paper.status = status;
                    paper.decidedBy = decide.by();
                    if (decide.approve()) {
                        cash.bookMicros(paper.text("debit"), paper.text("credit"), paper.micros);
                    }
                    return List.of();
                });
    }

    Facts request(RequestBreakage request) {
        Facts refused = refused(request.period(), request.amountMicros());
        if (refused != null) {
            return refused;
        }
        Name name = journal.named("breakage");
        estimates.put(
                name,
                new Paper(
                        request.caller(),
                        request.amountMicros(),
                        new Facts("breakage")
                                .with("breakage", name)
                                .with("period", request.period())
                                .with("requestedBy", request.caller())));
        Facts answer = Economy.done().with("breakage", name).with("status", "requested");
        journal.answered(request, answer);
        return answer;
    }

    private @Nullable Facts refused(YearMonth period, long amountMicros) {
        if (period.isAfter(month(journal.now()))) {
            return new Facts("period-out-of-range");
        }
        if (closed.containsKey(period)) {
            return new Facts("period-closed");
        }
        return breakageMicros + amountMicros < 0
                ? new Facts("breakage-below-zero")
                        .with("recognised", BigDecimal.valueOf(breakageMicros, 6).toPlainString())
                : null;
    }

    private static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atZone(ZoneOffset.UTC));
    }

    Facts decide(DecideBreakage decide) {
        Paper paper = estimates.get(decide.breakage());
        if (paper == null) {
            return new Facts("unknown-breakage");
        }
        String status = decide.approve() ? "recognised" : "rejected";
        if (!paper.status.equals("requested")) {
            return paper.status.equals(status) && paper.decidedBy.equals(decide.by())
                    ? new Facts("done").with("status", status)
                    : new Facts("breakage-not-requested");
        }
        if (paper.requestedBy.equals(decide.by())) {
            return new Facts("same-person");
        }
        if (!decide.approve()) {
            paper.status = status;
            paper.decidedBy = decide.by();
            return new Facts("done").with("status", status);
        }
        Facts refused = refused(YearMonth.parse(paper.text("period")), paper.micros);
        if (refused != null) {
            return refused;
        }
        return journal.append(
                null,
                "breakage " + decide.breakage().text(),
                0,
                Facts.of("breakage-recognised", paper.content.values()).with("by", decide.by()),
                new Facts("done").with("status", status),
                () -> {
                    paper.status = status;
                    paper.decidedBy = decide.by();
                    breakageMicros += paper.micros;
                    cash.bookMicros(Cash.BREAKAGE, Cash.BREAKAGE_REVENUE, paper.micros);
                    return List.of();
                });
    }

    Facts close(CloseMonth close) {
        YearMonth month = close.month();
        // Nothing more is recorded before this instant.
        journal.notBeforeNow();
        Facts before = closed.get(month);
        if (before != null) {
            return before;
        }
        if (!closed.isEmpty() && !month.isAfter(closed.lastKey())) {
            return new Facts("period-closed");
        }
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (journal.recordedAt().isBefore(end)) {
            return new Facts("period-not-over").with("end", end);
        }
        YearMonth open = earliestOpen();
        if (open != null && open.isBefore(month)) {
            return new Facts("earlier-period-open").with("earliestOpen", open);
        }
        Facts period =
                new Facts("done")
                        .with("period", month)
                        .with("throughPosition", journal.lastBefore(end))
                        .with("by", close.by());
        return journal.append(
                null,
                "periods ledger",
                closed.size(),
                Facts.of("period-closed", period.values()),
                period,
                () -> {
                    closed.put(month, period);
                    return List.of();
                });
    }

    private @Nullable YearMonth earliestOpen() {
        Instant begin = journal.firstRecordedAt();
        YearMonth first = begin == null ? null : month(begin);
        if (closed.isEmpty()) {
            return first;
        }
        YearMonth next = closed.lastKey().plusMonths(1);
        return first != null && first.isAfter(next) ? first : next;
    }
}
