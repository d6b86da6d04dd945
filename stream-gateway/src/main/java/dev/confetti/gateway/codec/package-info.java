/** What the gateway must know of H.264 and AAC: configuration records, NAL units, SEI. */
@NullMarked
package dev.confetti.gateway.codec;

import org.jspecify.annotations.NullMarked;
