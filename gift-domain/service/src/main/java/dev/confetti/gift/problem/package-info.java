/** Refusals and errors as RFC 9457 problem documents. */
@NullMarked
package dev.confetti.gift.problem;

import org.jspecify.annotations.NullMarked;
