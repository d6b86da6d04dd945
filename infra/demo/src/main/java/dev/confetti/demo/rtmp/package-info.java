/** An RTMP client that publishes. */
@NullMarked
package dev.confetti.demo.rtmp;

import org.jspecify.annotations.NullMarked;
