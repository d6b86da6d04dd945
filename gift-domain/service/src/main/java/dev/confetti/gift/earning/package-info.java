/** What creators earn: added up from the log, held, released, shown. */
@NullMarked
package dev.confetti.gift.earning;

import org.jspecify.annotations.NullMarked;
