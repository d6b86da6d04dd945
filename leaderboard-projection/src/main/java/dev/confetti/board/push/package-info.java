/** The boards, pushed as they change: one reader a board, however many listen. */
@NullMarked
package dev.confetti.board.push;

import org.jspecify.annotations.NullMarked;
