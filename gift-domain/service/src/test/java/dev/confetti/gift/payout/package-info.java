@NullMarked
package dev.confetti.gift.payout;

import org.jspecify.annotations.NullMarked;
