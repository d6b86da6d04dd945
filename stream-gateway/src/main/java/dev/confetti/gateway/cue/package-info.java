/** Gifts on their way into the media: from Kafka, through a budget, to SEI, AMF and JSON. */
@NullMarked
package dev.confetti.gateway.cue;

import org.jspecify.annotations.NullMarked;
