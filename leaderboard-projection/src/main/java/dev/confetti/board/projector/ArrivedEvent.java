package dev.confetti.board.projector;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * An event as it came from a partition, known to follow the one before it without a gap.
 *
 * @param event null when it is of no concern here
 */
record ArrivedEvent(int partition, long offset, Envelope envelope, @Nullable ConfettiEvent event) {}
