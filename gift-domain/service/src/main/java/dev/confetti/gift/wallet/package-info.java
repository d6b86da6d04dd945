/** A viewer's coins: the one place where spending is decided. */
@NullMarked
package dev.confetti.gift.wallet;

import org.jspecify.annotations.NullMarked;
