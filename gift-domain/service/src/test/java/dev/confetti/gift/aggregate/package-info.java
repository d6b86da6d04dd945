@NullMarked
package dev.confetti.gift.aggregate;

import org.jspecify.annotations.NullMarked;
