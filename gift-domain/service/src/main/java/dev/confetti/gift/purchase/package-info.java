/** Coins for money: packages, providers, purchases. */
@NullMarked
package dev.confetti.gift.purchase;

import org.jspecify.annotations.NullMarked;
