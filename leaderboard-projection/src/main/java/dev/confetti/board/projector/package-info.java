/** From Kafka to the boards, resuming from the fences that Redis holds. */
@NullMarked
package dev.confetti.board.projector;

import org.jspecify.annotations.NullMarked;
