/** The gifts that can be sent, and their prices. */
@NullMarked
package dev.confetti.gift.catalogue;

import org.jspecify.annotations.NullMarked;
