/** Lives, their stream keys, and the publishers that feed them. */
@NullMarked
package dev.confetti.gift.live;

import org.jspecify.annotations.NullMarked;
