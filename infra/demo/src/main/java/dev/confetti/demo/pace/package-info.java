/** Time that a test can hold still. */
@NullMarked
package dev.confetti.demo.pace;

import org.jspecify.annotations.NullMarked;
