/**
 * The durable event log: appends in gapless positions by group commit, reads by stream, and Axon's
 * event storage on top of it.
 */
@NullMarked
package dev.confetti.gift.log;

import org.jspecify.annotations.NullMarked;
