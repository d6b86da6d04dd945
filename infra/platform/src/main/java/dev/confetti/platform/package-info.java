/** The whole platform in one process: the command line, the order of starting and stopping. */
@NullMarked
package dev.confetti.platform;

import org.jspecify.annotations.NullMarked;
