/** The write side alone, without HTTP: gift sends as fast as they can be made durable. */
@NullMarked
package dev.confetti.bench.inprocess;

import org.jspecify.annotations.NullMarked;
