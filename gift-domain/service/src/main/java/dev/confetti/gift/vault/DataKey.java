package dev.confetti.gift.vault;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** One key of the table, unwrapped; not to be kept longer than a moment. Thread-safe. */
public final class DataKey {
    private final long keyId;
    private final KeyOwner owner;
    private final @Nullable Instant lockedUntil;
    private final SecretKey key;
    private final AesGcm aes;

    DataKey(long keyId, KeyOwner owner, @Nullable Instant lockedUntil, SecretKey key, AesGcm aes) {
        this.keyId = keyId;
        this.owner = owner;
        this.lockedUntil = lockedUntil;
        this.key = key;
        this.aes = aes;
    }

    public long keyId() {
        return keyId;
    }

    KeyOwner owner() {
        return owner;
    }

    /** Until when what it sealed is kept for finance alone; null: it is not locked. */
    public @Nullable Instant lockedUntil() {
        return lockedUntil;
    }

    /**
     * Seals a text.
     *
     * @param place where it is kept: only from there can it be opened
     */
    public byte[] seal(String text, String place) {
        return aes.seal(key, text.getBytes(StandardCharsets.UTF_8), owner.context(place));
    }

    /**
     * The text that was sealed.
     *
     * @throws BrokenSealException when it was not this key that sealed it for this place
     */
    public String open(byte[] sealed, String place) {
        return new String(aes.open(key, sealed, owner.context(place)), StandardCharsets.UTF_8);
    }
}
