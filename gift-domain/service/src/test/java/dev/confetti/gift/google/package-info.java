@NullMarked
package dev.confetti.gift.google;

import org.jspecify.annotations.NullMarked;
