@NullMarked
package dev.confetti.gift.stripe;

import org.jspecify.annotations.NullMarked;
