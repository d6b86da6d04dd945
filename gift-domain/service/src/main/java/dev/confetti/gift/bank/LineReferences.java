package dev.confetti.gift.bank;

import dev.confetti.gift.bank.StatementLine.Direction;
import dev.confetti.gift.bank.StatementLine.Standing;
import dev.confetti.gift.bank.XmlElement.Amount;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names for the lines of one statement. A bank's own reference is the same in every statement that
 * has the movement, so it is taken where there is one. Not all banks keep it unique, so what moved,
 * when and for which payment is part of the name, and further lines that are alike in all of this
 * are counted. Without a reference the line is named by its place: statement, page and entry.
 *
 * <p>A pending line is named otherwise than the same movement once it is booked.
 */
final class LineReferences {
    private static final String SEPARATOR = "|";

    private final Map<String, Integer> counts = new HashMap<>();
    private String statement = "";
    private int entryNumber;

    void nextEntry(String statementId, String page) {
        statement = statementId + SEPARATOR + page;
        entryNumber++;
    }

    /**
     * The name of the current entry's next line.
     *
     * @param entryReference the bank's own, null: none
     * @param detailReference the bank's own of a transaction inside the entry, null: none
     * @param endToEndId of the payment, null: none
     */
    String name(
            @Nullable String entryReference,
            @Nullable String detailReference,
            @Nullable String endToEndId,
            Direction direction,
            Amount amount,
            Standing standing,
            @Nullable LocalDate bookingDate) {
        String ours =
                Stream.of(entryReference, detailReference)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(SEPARATOR));
        String name =
                String.join(
                                SEPARATOR,
                                ours.isEmpty()
                                        ? "at|" + statement + SEPARATOR + entryNumber
                                        : "ref|" + ours,
                                switch (direction) {
                                            case CREDIT -> "+";
                                            case DEBIT -> "-";
                                        }
                                        + amount.minor()
                                        + amount.currency(),
                                bookingDate == null ? "" : bookingDate.toString(),
                                standing == Standing.BOOKED ? "" : standing.name())
                        + (endToEndId == null
                                ? ""
                                : SEPARATOR + endToEndId.toLowerCase(Locale.ROOT));
        int count = counts.merge(name, 1, Integer::sum);
        return count == 1 ? name : name + "#" + count;
    }
}
