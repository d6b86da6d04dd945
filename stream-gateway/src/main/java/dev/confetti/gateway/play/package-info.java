/** Who may play a live: the tokens that viewers show. */
@NullMarked
package dev.confetti.gateway.play;

import org.jspecify.annotations.NullMarked;
