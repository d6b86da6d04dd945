@NullMarked
package dev.confetti.gift.wallet;

import org.jspecify.annotations.NullMarked;
