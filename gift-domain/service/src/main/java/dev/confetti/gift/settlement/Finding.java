package dev.confetti.gift.settlement;

import java.util.Locale;

/** How a line of a report compares with what was booked. */
enum Finding {
    AS_BOOKED,
    /** The provider kept another commission than was booked. */
    OTHER_FEE,
    /** A charge of the provider's own, of no purchase. */
    FEE_ALONE,
    /** It is there, of another gross amount. */
    OTHER_AMOUNT,
    /** It is there, in another currency. */
    OTHER_CURRENCY,
    /** A line before this one has settled it. */
    SETTLED_BEFORE,
    /** Nothing of that name was booked. */
    UNKNOWN_REFERENCE,
    /** Nobody knows what it is. */
    UNKNOWN_KIND;

    /** As in answers and tables, such as {@code other-fee}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
