package dev.confetti.gift.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys that wrap the persons' keys: the first wraps, the others only unwrap. Immutable. */
public final class MasterKeys {
    private static final int NAME_BYTES = 8;
    private static final String EXPECTED = ": expected 32 bytes in base64, several keys by commas";

    private final Map<String, SecretKey> byName = new LinkedHashMap<>();

    private MasterKeys(List<byte[]> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no master key: expected one at least");
        }
        for (byte[] key : keys) {
            if (key.length != AesGcm.KEY_BYTES) {
                throw new IllegalArgumentException(
                        "a master key of "
                                + key.length
                                + " bytes: expected "
                                + AesGcm.KEY_BYTES
                                + " bytes");
            }
            byName.putIfAbsent(name(key), new SecretKeySpec(key, "AES"));
        }
    }

    /**
     * Master keys of 32 bytes each.
     *
     * @throws IllegalArgumentException when there is none, or one is of another length
     */
    public static MasterKeys of(List<byte[]> keys) {
        return new MasterKeys(keys);
    }

    /**
     * The keys of a text: base64 (RFC 4648, section 4), several by commas.
     *
     * @throws IllegalArgumentException when it is something else; the message does not show it
     */
    public static List<byte[]> parse(String text) {
        return Arrays.stream(text.split(",", -1)).map(each -> decoded(each.strip())).toList();
    }

    private static byte[] decoded(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a master key that is no base64" + EXPECTED, e);
        }
        if (key.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a master key of " + key.length + " bytes" + EXPECTED);
        }
        return key;
    }

    String current() {
        return byName.keySet().iterator().next();
    }

    Set<String> names() {
        return byName.keySet();
    }

    /**
     * The key of a name.
     *
     * @throws BrokenSealException when it is not among these
     */
    SecretKey named(String name) {
        SecretKey key = byName.get(name);
        if (key == null) {
            throw new BrokenSealException("what master key " + name + " wrapped", null);
        }
        return key;
    }

    /** A digest, which tells keys apart and nothing about them. */
    private static String name(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
