package dev.confetti.board.projector;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Envelope;

/** An event as it came from a partition, known to follow the one before it without a gap. */
record ArrivedEvent(int partition, long offset, Envelope envelope, ConfettiEvent event) {}
