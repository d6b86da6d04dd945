/** Who of finance and administration looked at what, or did what. */
@NullMarked
package dev.confetti.gift.access;

import org.jspecify.annotations.NullMarked;
