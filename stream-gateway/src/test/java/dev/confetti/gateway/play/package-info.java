@NullMarked
package dev.confetti.gateway.play;

import org.jspecify.annotations.NullMarked;
