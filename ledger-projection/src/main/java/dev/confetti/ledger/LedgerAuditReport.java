package dev.confetti.ledger;

import dev.confetti.ledger.verify.Verification;

/**
 * What an audit found in the ledger.
 *
 * @param state as of the position that was asked for
 * @param applied how far the ledger was by then
 * @param verification of the whole ledger: chain, balances, history, lots
 */
public record LedgerAuditReport(LedgerState state, long applied, Verification verification) {}
