package dev.confetti.ledger.access;

import java.time.Instant;

/**
 * An access as it is in the log.
 *
 * @param id grows, with gaps
 * @param at when the answer began, by the database's clock
 */
public record LoggedAccess(long id, Instant at, Access access) {}
