@NullMarked
package dev.confetti.gift.log;

import org.jspecify.annotations.NullMarked;
