/** Gift sends: the HTTP side of the wallet's decisions. */
@NullMarked
package dev.confetti.gift.sending;

import org.jspecify.annotations.NullMarked;
