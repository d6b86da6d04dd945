@NullMarked
package dev.confetti.simulation;

import org.jspecify.annotations.NullMarked;
