/** Display names of members. */
@NullMarked
package dev.confetti.board.profile;

import org.jspecify.annotations.NullMarked;
