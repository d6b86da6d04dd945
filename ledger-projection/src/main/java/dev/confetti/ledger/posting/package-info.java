/** Posting rules: what every event means in double entry. Pure: no I/O, no clock. */
@NullMarked
package dev.confetti.ledger.posting;

import org.jspecify.annotations.NullMarked;
