/** The media gateway: RTMP in, FLV, HLS and RTMP out, gifts inside the media. */
@NullMarked
package dev.confetti.gateway;

import org.jspecify.annotations.NullMarked;
