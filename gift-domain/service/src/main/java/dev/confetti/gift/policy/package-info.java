/** The numbers and switches that the operator of a platform chooses. */
@NullMarked
package dev.confetti.gift.policy;

import org.jspecify.annotations.NullMarked;
