/** What is open in accounts that must come to zero, and how old it is. */
@NullMarked
package dev.confetti.ledger.clearing;

import org.jspecify.annotations.NullMarked;
