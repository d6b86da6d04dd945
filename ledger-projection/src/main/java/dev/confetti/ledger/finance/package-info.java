/** The finance API: questions to the ledger over HTTP. Reads only. */
@NullMarked
package dev.confetti.ledger.finance;

import org.jspecify.annotations.NullMarked;
