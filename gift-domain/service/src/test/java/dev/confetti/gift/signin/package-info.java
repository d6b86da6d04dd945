@NullMarked
package dev.confetti.gift.signin;

import org.jspecify.annotations.NullMarked;
