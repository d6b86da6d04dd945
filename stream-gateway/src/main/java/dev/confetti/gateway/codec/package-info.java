/**
 * What the gateway must know of its codecs: configuration records, parameter sets, NAL units, SEI.
 */
@NullMarked
package dev.confetti.gateway.codec;

import org.jspecify.annotations.NullMarked;
