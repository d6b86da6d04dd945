/** Payouts: requested by creators, decided by others. */
@NullMarked
package dev.confetti.gift.payout;

import org.jspecify.annotations.NullMarked;
