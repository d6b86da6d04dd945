package dev.confetti.bench.gifts;

import java.net.URI;
import java.util.Optional;

/**
 * What the bench of gifts is asked for.
 *
 * @param giftId empty takes the cheapest of the catalogue
 * @param rtmpUrl empty takes what the platform says
 * @param ledger whether to watch when the ledger has each gift
 * @param tapsPerSecond of one more viewer, measured by itself; 0 for nobody
 * @param maxInFlight sends that may be unanswered at once; more wait, and their waiting is measured
 */
public record GiftOptions(
        URI apiUrl,
        URI mediaUrl,
        Optional<String> rtmpUrl,
        double perSecond,
        long warmupMs,
        long durationMs,
        int viewers,
        int maxInFlight,
        Optional<String> giftId,
        boolean board,
        boolean ledger,
        double tapsPerSecond) {}
