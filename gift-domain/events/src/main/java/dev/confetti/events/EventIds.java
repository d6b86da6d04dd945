package dev.confetti.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Names for events that are the same whenever the same request comes again: UUID version 5 (RFC
 * 9562, section 5.5) in a namespace of our own.
 */
public final class EventIds {
    private static final UUID NAMESPACE = UUID.fromString("8b0b5a1e-5f3f-4c55-9d8e-2f1a60c5d7b4");

    /** A copy of it costs less than another one from the provider. */
    private static final MessageDigest SHA_1 = sha1();

    private EventIds() {}

    /**
     * The id of the first event of a command.
     *
     * @param caller the authenticated subject
     * @param operation the name of the operation, such as {@code send-gift}
     * @param idempotencyKey the caller's own name for the request
     */
    public static UUID of(String caller, String operation, String idempotencyKey) {
        return version5(NAMESPACE, part(caller), part(operation), part(idempotencyKey));
    }

    /**
     * The id of a further event of a command.
     *
     * @param first the id of its first event
     * @param index of the further event, from 1
     */
    public static UUID following(UUID first, int index) {
        return derived(first, Integer.toString(index));
    }

    /** The name of a lot or a combo that an event brought forth. */
    public static UUID derived(UUID first, String what) {
        return version5(first, what.getBytes(StandardCharsets.UTF_8));
    }

    /** Each part goes in with its length before it, so that ("a", "bc") and ("ab", "c") differ. */
    private static byte[] part(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + utf8.length)
                .putInt(utf8.length)
                .put(utf8)
                .array();
    }

    private static UUID version5(UUID namespace, byte[]... name) {
        MessageDigest sha1 = copyOfSha1();
        sha1.update(
                ByteBuffer.allocate(16)
                        .putLong(namespace.getMostSignificantBits())
                        .putLong(namespace.getLeastSignificantBits())
                        .array());
        for (byte[] part : name) {
            sha1.update(part);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
        long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
        long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest copyOfSha1() {
        try {
            return (MessageDigest) SHA_1.clone();
        } catch (CloneNotSupportedException e) {
            return sha1();
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
