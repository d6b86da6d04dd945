package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.HandInReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the provider owes for each payment, refund and dispute, and what it settled. */
final class Receivable {
    private final Journal journal;
    private final Cash cash;

    /** By kind, and purchase or dispute. */
    private final Map<List<Object>, Movement> movements = new HashMap<>();

    private final Map<String, Settled> settled = new HashMap<>();

    private record Movement(long grossMinor, long feeMinor) {}

    private record Settled(List<ReportLine> lines, Facts answer, long position) {}

    private final Set<List<Object>> taken = new HashSet<>();

    Receivable(Journal journal, Cash cash) {
        this.journal = journal;
        this.cash = cash;
    }

    void paid(Purchase purchase) {
        move("purchase", purchase.name, purchase.bundle.priceMinor(), purchase.commissionMinor());
    }

    void refunded(Purchase purchase) {
        move("refund", purchase.name, -purchase.bundle.priceMinor(), -purchase.commissionMinor());
    }

    void disputed(String reference, long amountMinor, long feeMinor) {
        move("chargeback", reference, -amountMinor, feeMinor);
        cash.book(Cash.DISPUTED, Cash.PAYABLE, amountMinor);
    }

    void won(String reference, long amountMinor) {
        move("chargeback-won", reference, amountMinor, 0);
        cash.book(Cash.PAYABLE, Cash.DISPUTED, amountMinor);
    }

    void lost(long amountMinor) {
        cash.book(Cash.PAYABLE, Cash.DISPUTED, amountMinor);
    }

    private void move(String kind, Object of, long grossMinor, long feeMinor) {
        movements.put(List.of(kind, of), new Movement(grossMinor, feeMinor));
        cash.book(Cash.RECEIVABLE, Cash.PAYABLE, grossMinor - feeMinor);
    }

    private static List<Object> key(ReportLine line) {
        return List.of(
                line.kind(), line.reference().isEmpty() ? line.purchase() : line.reference());
    }

    Facts settle(HandInReport report) {
        Settled before = settled.get(report.reference());
        if (before != null) {
            return isSame(before.lines(), report.lines())
                    ? before.answer().with("isNew", false)
                    : new Facts("settlement-differs").with("position", before.position());
        }
        long bank = 0;
        long receivable = 0;
        long commission = 0;
        long suspense = 0;
        Set<List<Object>> taking = new HashSet<>();
        for (ReportLine line : report.lines()) {
            long net = line.grossMinor() - line.feeMinor();
            bank += net;
            Movement movement = movements.get(key(line));
            boolean isOpen =
                    movement != null && !taken.contains(key(line)) && taking.add(key(line));
            if (movement != null && isOpen) {
                receivable += movement.grossMinor() - movement.feeMinor();
                commission += line.feeMinor() - movement.feeMinor();
                suspense += movement.grossMinor() - line.grossMinor();
            } else if (line.kind().equals("fee")) {
                commission -= net;
            } else {
                suspense -= net;
            }
        }
        return append(report, bank, receivable, commission, suspense, taking);
    }

    private Facts append(
            HandInReport report,
            long bank,
            long receivable,
            long commission,
            long suspense,
            Set<List<Object>> taking) {
        Name name = journal.named("settlement");
        long position = journal.nextPosition();
        Facts amounts =
                new Facts("amounts")
                        .with("settlement", name)
                        .with("bankMinor", bank)
                        .with("receivableMinor", receivable)
                        .with("commissionMinor", commission)
                        .with("suspenseMinor", suspense)
                        .with("lines", report.lines().size());
        Facts answer = Facts.of("done", amounts.values()).with("isNew", true);
        return journal.append(
                null,
                "settlement " + name.text(),
                0,
                Facts.of("provider-settled", amounts.values())
                        .with("account", Cash.RECEIVABLE)
                        .with("reference", report.reference())
                        .with("by", report.by()),
                answer,
                () -> {
                    taken.addAll(taking);
                    settled.put(report.reference(), new Settled(report.lines(), answer, position));
                    cash.book(Cash.BANK, Cash.RECEIVABLE, bank);
                    cash.book(Cash.PAYABLE, Cash.RECEIVABLE, commission);
                    cash.book(Cash.SUSPENSE, Cash.RECEIVABLE, suspense);
                    return List.of();
                });
    }

    /** In whichever order. */
    private static boolean isSame(List<ReportLine> lines, List<ReportLine> others) {
        List<ReportLine> left = new ArrayList<>(lines);
        return lines.size() == others.size() && others.stream().allMatch(left::remove);
    }
}
