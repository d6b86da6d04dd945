/** The aggregates' machine room: Axon's command bus, event store and cache, wired by hand. */
@NullMarked
package dev.confetti.gift.aggregate;

import org.jspecify.annotations.NullMarked;
