package dev.confetti.gateway.rtmp;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The digests in the blocks of RTMP's handshake, which Flash Player asked for and other clients
 * check since then. No specification names them; the keys are public and prove nothing.
 *
 * <p>A block of 1536 bytes hides an HMAC-SHA-256 of its other bytes at a place that four of them
 * name, in its first or in its second half.
 */
final class HandshakeDigest {
    static final int BLOCK_BYTES = 1536;
    static final int DIGEST_BYTES = 32;

    private static final byte[] PLAYER = ascii("Genuine Adobe Flash Player 001");
    private static final byte[] SERVER = ascii("Genuine Adobe Flash Media Server 001");
    private static final byte[] SUFFIX =
            HexFormat.of()
                    .parseHex("f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae");

    /** Where the four bytes stand, right before the space in which the digest lies. */
    private static final int[] PLACES = {8, 772};

    private static final int SPACE_BYTES = 764 - 4 - DIGEST_BYTES;

    private HandshakeDigest() {}

    /** The digest that a client's first block holds; null when it has no valid one. */
    static @Nullable Digest find(byte[] clientBlock) {
        for (int place : PLACES) {
            int offset = offset(clientBlock, place);
            byte[] there = Arrays.copyOfRange(clientBlock, offset, offset + DIGEST_BYTES);
            if (Arrays.equals(there, hmac(PLAYER, without(clientBlock, offset)))) {
                return new Digest(place, there);
            }
        }
        return null;
    }

    /**
     * A client's digest.
     *
     * @param place which of the two it chose
     */
    @SuppressWarnings("ArrayRecordComponent") // raw bytes; equality is not used
    record Digest(int place, byte[] bytes) {

        /** Puts the server's digest into its first block, at the place that the client chose. */
        void sign(byte[] serverBlock) {
            int offset = offset(serverBlock, place);
            byte[] digest = hmac(SERVER, without(serverBlock, offset));
            System.arraycopy(digest, 0, serverBlock, offset, DIGEST_BYTES);
        }

        /** Ends the server's second block with what answers the client's digest. */
        void answer(byte[] serverBlock) {
            byte[] key = Arrays.copyOf(SERVER, SERVER.length + SUFFIX.length);
            System.arraycopy(SUFFIX, 0, key, SERVER.length, SUFFIX.length);
            int end = BLOCK_BYTES - DIGEST_BYTES;
            byte[] digest = hmac(hmac(key, bytes), Arrays.copyOf(serverBlock, end));
            System.arraycopy(digest, 0, serverBlock, end, DIGEST_BYTES);
        }
    }

    private static int offset(byte[] block, int place) {
        int sum = 0;
        for (int i = place; i < place + 4; i++) {
            sum += block[i] & 0xff;
        }
        return place + 4 + sum % SPACE_BYTES;
    }

    private static byte[] without(byte[] block, int offset) {
        byte[] rest = Arrays.copyOf(block, BLOCK_BYTES - DIGEST_BYTES);
        int after = offset + DIGEST_BYTES;
        System.arraycopy(block, after, rest, offset, BLOCK_BYTES - after);
        return rest;
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
