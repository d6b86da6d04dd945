/** A second ledger from the event log, beside the live one, and the switch between the two. */
@NullMarked
package dev.confetti.ledger.rebuild;

import org.jspecify.annotations.NullMarked;
