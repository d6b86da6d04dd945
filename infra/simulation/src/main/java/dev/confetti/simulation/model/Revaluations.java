package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.DecideRevaluation;
import dev.confetti.simulation.model.Command.RequestRevaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** New rates for what creators were not paid. */
final class Revaluations {
    private final Journal journal;
    private final Payroll payroll;
    private final Map<Name, Paper> all = new LinkedHashMap<>();

    /** Those that were agreed to and are not carried out, in this order. */
    private final List<Name> underWay = new ArrayList<>();

    Revaluations(Journal journal, Payroll payroll) {
        this.journal = journal;
        this.payroll = payroll;
    }

    private static final class Paper {
        final RequestRevaluation content;
        String status = "requested";
        String decidedBy = "";
        long creators;

        Paper(RequestRevaluation content) {
            this.content = content;
        }

        Facts shown() {
            return new Facts("done").with("status", status).with("creators", creators);
        }
    }

    List<Name> names() {
        return List.copyOf(all.keySet());
    }

    Facts request(RequestRevaluation request) {
        if (request.caller().equals(request.creator())) {
            return new Facts("same-person");
        }
        Name name = journal.named("revaluation");
        all.put(name, new Paper(request));
        Facts answer = Economy.done().with("revaluation", name).with("status", "requested");
        journal.answered(request, answer);
        return answer;
    }

    Facts decide(DecideRevaluation decide) {
        Paper paper = all.get(decide.revaluation());
        if (paper == null) {
            return new Facts("unknown-revaluation");
        }
        boolean wasApproved = paper.status.equals("approved") || paper.status.equals("done");
        boolean isAgain =
                paper.decidedBy.equals(decide.by())
                        && (decide.approve() ? wasApproved : paper.status.equals("rejected"));
        if (!isAgain) {
            if (!paper.status.equals("requested")) {
                return new Facts("revaluation-not-requested");
            }
            if (decide.by().equals(paper.content.creator())
                    || decide.by().equals(paper.content.caller())) {
                return new Facts("same-person");
            }
            paper.decidedBy = decide.by();
            paper.status = decide.approve() ? "approved" : "rejected";
            if (decide.approve()) {
                underWay.add(decide.revaluation());
            }
        }
        Facts unknown = decide.approve() ? finish() : paper.shown();
        return unknown.equals(Facts.OUTCOME_UNKNOWN) ? unknown : paper.shown();
    }

    /** Carries out what is agreed to, until a commit gets no answer. */
    Facts finish() {
        while (!underWay.isEmpty()) {
            Name name = underWay.getFirst();
            if (carryOut(name).equals(Facts.OUTCOME_UNKNOWN)) {
                return Facts.OUTCOME_UNKNOWN;
            }
            underWay.removeFirst();
        }
        return new Facts("done");
    }

    private Facts carryOut(Name name) {
        Paper paper = paperOf(name);
        long through = journal.nextPosition() - 1;
        long reached = 0;
        for (var each : payroll.accounts().entrySet()) {
            String only = paper.content.creator();
            if (only != null && !only.equals(each.getKey())) {
                continue;
            }
            Account account = each.getValue();
            if (!name.equals(account.revaluation)) {
                if (!isChanged(account, paper.content)) {
                    continue;
                }
                if (revalue(name, paper, each.getKey(), account, through)
                        .equals(Facts.OUTCOME_UNKNOWN)) {
                    return Facts.OUTCOME_UNKNOWN;
                }
            }
            reached++;
        }
        paper.creators += reached;
        paper.status = "done";
        return new Facts("done");
    }

    private Paper paperOf(Name name) {
        Paper paper = all.get(name);
        if (paper == null) {
            throw new IllegalStateException(name + ": expected one that was requested");
        }
        return paper;
    }

    private static boolean isChanged(Account account, RequestRevaluation content) {
        if (account.pending == 0 && account.available == 0) {
            return false;
        }
        return !account.pendingWorth().equals(worth(account.pending, content))
                || !account.worth.equals(worth(account.available, content));
    }

    private static SortedMap<String, Long> worth(long diamonds, RequestRevaluation content) {
        SortedMap<String, Long> worth = new TreeMap<>();
        if (diamonds != 0) {
            worth.put(content.currency(), diamonds * content.rateMicros());
        }
        return worth;
    }

    private Facts revalue(Name name, Paper paper, String creator, Account account, long through) {
        RequestRevaluation content = paper.content;
        Facts event =
                new Facts("earnings-revalued")
                        .with("revaluation", name)
                        .with("creator", creator)
                        .with("throughPosition", through)
                        .with("currency", content.currency())
                        .with("rateMicros", content.rateMicros())
                        .with("pending", account.pending)
                        .with("available", account.available)
                        .with("requestedBy", content.caller())
                        .with("by", paper.decidedBy);
        for (var before : account.pendingWorth().entrySet()) {
            event = event.with("pending " + before.getKey(), before.getValue());
        }
        for (var before : account.worth.entrySet()) {
            event = event.with("available " + before.getKey(), before.getValue());
        }
        return journal.append(
                null,
                "creator " + creator,
                account.events,
                event,
                new Facts("done"),
                () -> {
                    account.events++;
                    account.revaluation = name;
                    account.revaluedThrough = through;
                    account.revaluedCurrency = content.currency();
                    account.revaluedRate = content.rateMicros();
                    account.worth.clear();
                    account.addWorth(content.currency(), account.available * content.rateMicros());
                    return List.of();
                });
    }
}
