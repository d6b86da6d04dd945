@NullMarked
package dev.confetti.gift.earning;

import org.jspecify.annotations.NullMarked;
