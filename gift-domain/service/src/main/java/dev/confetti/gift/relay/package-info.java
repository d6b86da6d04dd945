/** The relay: publishes the event log to Kafka, in order, nothing missing and nothing twice. */
@NullMarked
package dev.confetti.gift.relay;

import org.jspecify.annotations.NullMarked;
