@NullMarked
package dev.confetti.gift;

import org.jspecify.annotations.NullMarked;
