@NullMarked
package dev.confetti.gift.purchase;

import org.jspecify.annotations.NullMarked;
