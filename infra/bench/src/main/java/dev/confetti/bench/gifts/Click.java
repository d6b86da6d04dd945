package dev.confetti.bench.gifts;

import dev.confetti.demo.api.SentGift;
import org.jspecify.annotations.Nullable;

/**
 * One gift that a bench sent.
 *
 * @param viewer index of the viewer
 * @param intendedNanos when it was meant to be sent
 * @param answeredNanos when the answer, or the failure, was there
 * @param gift null when it failed
 * @param failure why it failed, in a word; null when it did not
 */
record Click(
        int viewer,
        long intendedNanos,
        long answeredNanos,
        @Nullable SentGift gift,
        @Nullable String failure) {}
