@NullMarked
package dev.confetti.e2e;

import org.jspecify.annotations.NullMarked;
