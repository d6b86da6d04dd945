package dev.confetti.ledger.journal;

import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 hash of an entry, which covers all entries before it. Immutable. */
public final class ChainHash {
    public static final int BYTES = 32;

    /** What the first entry's hash continues: 32 zeros. */
    public static final ChainHash START = new ChainHash(new byte[BYTES]);

    private final byte[] bytes;

    private ChainHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A stored hash.
     *
     * @throws IllegalArgumentException when it has not 32 bytes
     */
    public static ChainHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "hash of " + bytes.length + " bytes: expected " + BYTES);
        }
        return new ChainHash(bytes.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
