/** Keys of persons, and what is sealed by them. */
@NullMarked
package dev.confetti.gift.vault;

import org.jspecify.annotations.NullMarked;
