/** How persons are forgotten, and what earlier versions kept of them in plain text is sealed. */
@NullMarked
package dev.confetti.gift.people;

import org.jspecify.annotations.NullMarked;
