@NullMarked
package dev.confetti.gift.settlement;

import org.jspecify.annotations.NullMarked;
