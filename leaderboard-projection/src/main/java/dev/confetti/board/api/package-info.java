/** The boards over HTTP. */
@NullMarked
package dev.confetti.board.api;

import org.jspecify.annotations.NullMarked;
