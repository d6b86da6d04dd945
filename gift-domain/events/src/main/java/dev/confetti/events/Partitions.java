package dev.confetti.events;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Which partition of a topic the events of a key are in. It never changes: readers keep how far
 * they are in each partition.
 *
 * <p>Clients of Kafka agree on it by their default: 32-bit MurmurHash2 of the key's bytes, without
 * its sign, modulo the number of partitions. It is computed here because the published language
 * knows no Kafka, whose Java client has the hash only among its internals.
 */
public final class Partitions {
    private static final int SEED = 0x9747b28c;
    private static final int MULTIPLIER = 0x5bd1e995;
    private static final int SIGN = 0x8000_0000;

    private Partitions() {}

    /** 0 to 11. */
    public static int of(String key) {
        return (murmur2(key.getBytes(StandardCharsets.UTF_8)) & ~SIGN) % Topic.PARTITIONS;
    }

    private static int murmur2(byte[] key) {
        int hash = SEED ^ key.length;
        ByteBuffer rest = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.remaining() >= Integer.BYTES) {
            int word = rest.getInt() * MULTIPLIER;
            hash = hash * MULTIPLIER ^ (word ^ word >>> 24) * MULTIPLIER;
        }
        if (rest.hasRemaining()) {
            for (int shift = 0; rest.hasRemaining(); shift += Byte.SIZE) {
                hash ^= Byte.toUnsignedInt(rest.get()) << shift;
            }
            hash *= MULTIPLIER;
        }
        hash = (hash ^ hash >>> 13) * MULTIPLIER;
        return hash ^ hash >>> 15;
    }
}
