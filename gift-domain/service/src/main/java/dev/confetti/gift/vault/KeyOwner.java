package dev.confetti.gift.vault;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a key seals.
 *
 * @param personId whom it concerns
 * @param recordId the payout whose bank details it seals, which the law may want kept longer than
 *     the person's other data; null: all else
 */
public record KeyOwner(String personId, @Nullable UUID recordId) {
    /** Nobody's: texts of the books, which stay. No person has this id. */
    public static final KeyOwner BOOKS = new KeyOwner(":books", null);

    public static KeyOwner person(String personId) {
        return new KeyOwner(personId, null);
    }

    public static KeyOwner record(String personId, UUID recordId) {
        return new KeyOwner(personId, recordId);
    }

    /** No id has a blank in it, so that no two contexts are the same text. */
    String context(String what) {
        return personId + " " + (recordId == null ? "-" : recordId) + " " + what;
    }
}
