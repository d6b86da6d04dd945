/**
 * What strangers may send, made up by Jazzer: each class is one way in. In an ordinary test run the
 * inputs under {@code src/test/resources} are replayed.
 */
@NullMarked
package dev.confetti.gateway.fuzz;

import org.jspecify.annotations.NullMarked;
