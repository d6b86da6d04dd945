package dev.confetti.events;

import java.util.UUID;

/**
 * The coins that one decision took from one lot.
 *
 * @param lotId the purchase's lot
 * @param coins more than 0
 */
public record LotShare(UUID lotId, long coins) {}
