/** Display names of members, kept as documents. */
@NullMarked
package dev.confetti.board.profile;

import org.jspecify.annotations.NullMarked;
