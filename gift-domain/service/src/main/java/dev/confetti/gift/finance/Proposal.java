package dev.confetti.gift.finance;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one person of finance asks for, and another decides about; nothing happens before. */
interface Proposal {
    UUID proposalId();

    /** {@code requested} while it waits, {@code rejected}, or what came of it. */
    String status();

    /** Null: it is lost. */
    @Nullable String reason();

    String requestedBy();

    /** The second person; null while it waits. */
    @Nullable String decidedBy();

    /** Grows from one to the next of a kind. */
    long requested();
}
