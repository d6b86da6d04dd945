@NullMarked
package dev.confetti.gift.policy;

import org.jspecify.annotations.NullMarked;
