/** The journal: hash-chained entries in PostgreSQL, with the balances and lots that follow them. */
@NullMarked
package dev.confetti.ledger.journal;

import org.jspecify.annotations.NullMarked;
