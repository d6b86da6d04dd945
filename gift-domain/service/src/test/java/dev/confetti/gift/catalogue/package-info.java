@NullMarked
package dev.confetti.gift.catalogue;

import org.jspecify.annotations.NullMarked;
