package dev.confetti.gift.vault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A text that was sealed.
 *
 * @param lockedUntil until when it is kept for finance alone; null: it is not locked
 */
public record OpenedText(String text, @Nullable Instant lockedUntil) {}
