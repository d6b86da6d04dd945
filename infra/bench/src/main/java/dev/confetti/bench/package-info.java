/** Open-loop load against a running platform, from the command line. */
@NullMarked
package dev.confetti.bench;

import org.jspecify.annotations.NullMarked;
