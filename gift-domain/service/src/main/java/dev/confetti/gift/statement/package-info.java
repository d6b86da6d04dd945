/** From the bank's messages to what becomes of payouts. */
@NullMarked
package dev.confetti.gift.statement;

import org.jspecify.annotations.NullMarked;
