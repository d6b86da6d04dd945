package dev.confetti.events;

import java.util.UUID;

/**
 * Names of lots: UUID version 8 (RFC 9562, section 5.8), which begins with the lot's number in its
 * wallet and so tells the order in which lots are spent.
 *
 * <p>The number takes the first 48 bits; all other bits, but for version and variant, are those of
 * a version 5 UUID. Lots of earlier builds are named by a plain version 5 and have no number.
 */
public final class LotIds {
    /** No number: the lot was made before lots had one, and is older than all that do. */
    public static final long NO_NUMBER = 0;

    private static final long MOST_NUMBER = (1L << 48) - 1;
    private static final int VERSION = 8;

    private LotIds() {}

    /**
     * The name of a lot.
     *
     * @param number of the lot in its wallet, 1 to 2^48 − 1
     * @param purchase the id of the event that makes the lot
     */
    public static UUID of(long number, UUID purchase) {
        return numbered(number, EventIds.derived(purchase, "lot"));
    }

    static UUID numbered(long number, UUID version5) {
        if (number <= NO_NUMBER || number > MOST_NUMBER) {
            throw new IllegalArgumentException(
                    "lot number " + number + ": expected 1 to " + MOST_NUMBER);
        }
        long random = version5.getMostSignificantBits() & 0xfff;
        return new UUID(number << 16 | VERSION << 12 | random, version5.getLeastSignificantBits());
    }

    /** A lot's number in its wallet, or {@link #NO_NUMBER}. */
    public static long number(UUID lotId) {
        return lotId.version() == VERSION ? lotId.getMostSignificantBits() >>> 16 : NO_NUMBER;
    }
}
