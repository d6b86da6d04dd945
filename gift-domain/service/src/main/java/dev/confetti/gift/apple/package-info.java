/** Purchases in apps by Apple's App Store. */
@NullMarked
package dev.confetti.gift.apple;

import org.jspecify.annotations.NullMarked;
