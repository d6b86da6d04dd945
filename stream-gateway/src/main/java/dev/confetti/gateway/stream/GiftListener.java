package dev.confetti.gateway.stream;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.cue.StampedCue;

/** Someone who wants a live's gifts without its media. Called on the stream's event loop. */
public interface GiftListener {
    /** Who it is. */
    Connection connection();

    void gift(StampedCue cue);

    void streamEnded();
}
