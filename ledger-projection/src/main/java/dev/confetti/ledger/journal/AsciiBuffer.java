package dev.confetti.ledger.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;

/**
 * Text as UTF-8 bytes, nearly all of it ASCII: one copy of each character instead of the four that
 * a string builder makes on the way. Not thread-safe.
 */
final class AsciiBuffer {
    private static final String HEX_DIGITS = "0123456789abcdef";
    private static final int MOST_DIGITS = 20;

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    AsciiBuffer put(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    AsciiBuffer put(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return putUtf8(text);
            }
            bytes[length + i] = (byte) c;
        }
        length += count;
        return this;
    }

    private AsciiBuffer putUtf8(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    /** In decimal. */
    AsciiBuffer put(long number) {
        if (number < 0) {
            return put(Long.toString(number));
        }
        room(MOST_DIGITS);
        int end = length;
        for (long rest = number; rest >= 10; rest /= 10) {
            end++;
        }
        length = end + 1;
        for (long rest = number; ; rest /= 10) {
            bytes[end--] = (byte) ('0' + rest % 10);
            if (rest < 10) {
                return this;
            }
        }
    }

    /** In lower case. */
    AsciiBuffer put(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        putHex(high >>> 32, 8).put('-').putHex(high >>> 16, 4).put('-').putHex(high, 4).put('-');
        return putHex(low >>> 48, 4).put('-').putHex(low, 12);
    }

    private AsciiBuffer putHex(long number, int digits) {
        room(digits);
        for (int i = digits - 1; i >= 0; i--) {
            bytes[length++] = (byte) HEX_DIGITS.charAt((int) (number >>> (4 * i)) & 0xf);
        }
        return this;
    }

    /** Adds all of it to a digest. */
    void update(MessageDigest digest) {
        digest.update(bytes, 0, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
