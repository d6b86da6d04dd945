/** Proves an export of the journal unchanged by the seal of a month, without a database. */
@NullMarked
package dev.confetti.ledger.proof;

import org.jspecify.annotations.NullMarked;
