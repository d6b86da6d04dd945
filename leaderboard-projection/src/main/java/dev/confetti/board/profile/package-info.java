/** Display names of members, and who of them is hidden. */
@NullMarked
package dev.confetti.board.profile;

import org.jspecify.annotations.NullMarked;
