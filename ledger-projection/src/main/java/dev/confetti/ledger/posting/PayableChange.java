package dev.confetti.ledger.posting;

/**
 * By how much an entry changes what a creator can be paid.
 *
 * @param amount in the smallest unit of {@code currency}; below 0: less can be paid
 */
public record PayableChange(String creatorId, Asset currency, long amount) {}
