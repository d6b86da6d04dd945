/** RTMP 1.0: handshake, chunks, commands; publishing and playing. */
@NullMarked
package dev.confetti.gateway.rtmp;

import org.jspecify.annotations.NullMarked;
