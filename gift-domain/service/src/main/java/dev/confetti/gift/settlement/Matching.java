package dev.confetti.gift.settlement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Which line settles what: by kind and the provider's reference, each movement once. */
final class Matching {
    private record Name(LineKind kind, String reference) {}

    private final Map<Name, List<Movement>> movements = new HashMap<>();
    private final Set<UUID> taken = new HashSet<>();

    private Matching(List<Movement> booked) {
        for (Movement movement : booked) {
            movements
                    .computeIfAbsent(
                            new Name(movement.kind(), movement.reference()),
                            name -> new ArrayList<>())
                    .add(movement);
        }
    }

    /**
     * Goes through lines in their order.
     *
     * @param booked all movements of the lines' references
     */
    static List<SettledLine> match(List<ReportLine> lines, List<Movement> booked) {
        Matching matching = new Matching(booked);
        return lines.stream().map(matching::match).toList();
    }

    private SettledLine match(ReportLine line) {
        return switch (line.kind()) {
            case FEE -> SettledLine.feeAlone(line);
            case OTHER -> SettledLine.unexplained(line, Finding.UNKNOWN_KIND);
            case PURCHASE, REFUND, CHARGEBACK, CHARGEBACK_WON -> matchBooked(line);
        };
    }

    private SettledLine matchBooked(ReportLine line) {
        List<Movement> named =
                movements.getOrDefault(new Name(line.kind(), line.reference()), List.of());
        List<Movement> open =
                named.stream()
                        .filter(each -> !each.isSettled() && !taken.contains(each.movementId()))
                        .toList();
        // Two of one name are rare; the one of the same amount is meant.
        return open.stream()
                .filter(each -> each.currency().equals(line.currency()))
                .min(Comparator.comparing(each -> each.grossMinor() != line.grossMinor()))
                .map(
                        movement -> {
                            taken.add(movement.movementId());
                            return SettledLine.of(line, movement);
                        })
                .orElseGet(() -> SettledLine.unexplained(line, whyNot(named, open)));
    }

    private static Finding whyNot(List<Movement> named, List<Movement> open) {
        if (named.isEmpty()) {
            return Finding.UNKNOWN_REFERENCE;
        }
        return open.isEmpty() ? Finding.SETTLED_BEFORE : Finding.OTHER_CURRENCY;
    }
}
