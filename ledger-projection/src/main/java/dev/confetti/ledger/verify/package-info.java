/** Proves that the stored ledger is what its chain says. */
@NullMarked
package dev.confetti.ledger.verify;

import org.jspecify.annotations.NullMarked;
