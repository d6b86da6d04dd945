@NullMarked
package dev.confetti.events;

import org.jspecify.annotations.NullMarked;
