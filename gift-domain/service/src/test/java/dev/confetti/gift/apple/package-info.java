@NullMarked
package dev.confetti.gift.apple;

import org.jspecify.annotations.NullMarked;
