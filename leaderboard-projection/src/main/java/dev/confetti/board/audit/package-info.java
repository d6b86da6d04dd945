/** The proof: boards compared with a sum over the event log. */
@NullMarked
package dev.confetti.board.audit;

import org.jspecify.annotations.NullMarked;
