@NullMarked
package dev.confetti.gift.relay;

import org.jspecify.annotations.NullMarked;
