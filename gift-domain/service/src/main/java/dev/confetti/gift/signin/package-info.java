/** Who calls: tokens, roles, and the names of persons. */
@NullMarked
package dev.confetti.gift.signin;

import org.jspecify.annotations.NullMarked;
