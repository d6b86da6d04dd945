/** FLV: tag bodies to and from frames, and the file format for HTTP and WebSocket viewers. */
@NullMarked
package dev.confetti.gateway.flv;

import org.jspecify.annotations.NullMarked;
