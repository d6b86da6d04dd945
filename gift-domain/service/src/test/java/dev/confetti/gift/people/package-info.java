@NullMarked
package dev.confetti.gift.people;

import org.jspecify.annotations.NullMarked;
