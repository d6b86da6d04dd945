package dev.confetti.bench.inprocess;

import java.nio.file.Path;
import java.util.List;

/**
 * What to measure.
 *
 * @param engines one after the other on the same PostgreSQL
 * @param perSecond offered; what cannot be taken waits, measured
 * @param wallets that are given coins
 * @param active how many of them take turns sending
 * @param maxInFlight unanswered sends at once
 * @param folder for the engines' data, to be deleted by whoever made it
 */
public record InProcessOptions(
        List<WriteSides> engines,
        double perSecond,
        long warmupMs,
        long durationMs,
        int wallets,
        int active,
        int maxInFlight,
        Path folder) {}
