/** Purchases in apps by Google Play. */
@NullMarked
package dev.confetti.gift.google;

import org.jspecify.annotations.NullMarked;
