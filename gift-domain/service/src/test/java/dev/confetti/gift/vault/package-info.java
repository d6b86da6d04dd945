@NullMarked
package dev.confetti.gift.vault;

import org.jspecify.annotations.NullMarked;
