package dev.confetti.ledger.statement;

import java.time.Instant;
import java.util.UUID;

/**
 * What one entry changed for a creator, in 0.0001 diamonds.
 *
 * @param coins of a gift; 0 for anything else
 */
public record StatementLine(
        long entryId,
        Instant recordedAt,
        String type,
        UUID reference,
        long coins,
        long pending,
        long available,
        long reserved) {}
