/** What clients ask of boards, and the views they get. */
@NullMarked
package dev.confetti.board.view;

import org.jspecify.annotations.NullMarked;
