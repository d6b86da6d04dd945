package dev.confetti.gift.settlement;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a line of a report is about. */
enum LineKind {
    /** A sale: its gross is 0 or more. */
    PURCHASE,
    /** Money that went back to a buyer: its gross is 0 or less. */
    REFUND,
    /** Money that a buyer's bank took: its gross is 0 or less. */
    CHARGEBACK,
    /** Money that came back from a buyer's bank: its gross is 0 or more. */
    CHARGEBACK_WON,
    /** What the provider charges for itself. */
    FEE,
    /** Anything else; somebody must look at it. */
    OTHER;

    /** As in reports and tables, such as {@code chargeback-won}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<LineKind> named(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }

    /** Whether a gross amount has the sign of this kind. */
    boolean allows(long grossMinor) {
        return switch (this) {
            case PURCHASE, CHARGEBACK_WON -> grossMinor >= 0;
            case REFUND, CHARGEBACK -> grossMinor <= 0;
            case FEE, OTHER -> true;
        };
    }
}
