/** What payment providers pay us, by their own reports, line by line against what was booked. */
@NullMarked
package dev.confetti.gift.settlement;

import org.jspecify.annotations.NullMarked;
