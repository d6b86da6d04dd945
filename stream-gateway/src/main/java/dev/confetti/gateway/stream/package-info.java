/** One live stream: publisher, timeline, GOP cache, fan-out to viewers. */
@NullMarked
package dev.confetti.gateway.stream;

import org.jspecify.annotations.NullMarked;
