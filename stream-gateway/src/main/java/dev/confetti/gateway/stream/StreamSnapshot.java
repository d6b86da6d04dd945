package dev.confetti.gateway.stream;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.VideoConfig;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a stream does, as of a second ago at most. Rates are over the last five seconds.
 *
 * @param publisher null while nobody publishes
 * @param slate whether a slate is shown in the publisher's place
 * @param since when it was published or left
 * @param mediaMs where its timeline stands
 * @param viewersByProtocol those who watch, by {@link Connection#protocol}; {@code hls} is an
 *     estimate, since it has no connection that lasts
 * @param giftListeners who get gifts only
 * @param droppedUnits pictures and packets that slow viewers did not get, so far
 * @param queuedBytes that wait for all viewers together
 * @param longestQueueBytes that wait for one viewer
 * @param delay of pictures, from the stream to the last viewer's socket
 * @param cuesQueued gifts that wait for a picture
 */
public record StreamSnapshot(
        String liveId,
        @Nullable Connection publisher,
        boolean slate,
        Instant since,
        long mediaMs,
        Video video,
        Audio audio,
        Map<String, Integer> viewersByProtocol,
        int giftListeners,
        long receivedBytes,
        long sentBytes,
        long droppedUnits,
        long queuedBytes,
        long longestQueueBytes,
        Delay delay,
        int cuesQueued) {

    public StreamSnapshot {
        viewersByProtocol = Map.copyOf(viewersByProtocol);
    }

    /** Everybody who watches. */
    public int viewers() {
        return viewersByProtocol.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Of the pictures.
     *
     * @param config null when there are none
     * @param framesPerSecond as they come, not as announced
     * @param gopMs from key frame to key frame, the last time; 0 before the second
     * @param gopFrames likewise
     */
    public record Video(
            @Nullable VideoConfig config,
            long bitsPerSecond,
            double framesPerSecond,
            long gopMs,
            int gopFrames) {}

    /**
     * Of the sound.
     *
     * @param config null when there is none, or none that needs one
     */
    public record Audio(@Nullable AudioConfig config, long bitsPerSecond) {}

    /** In milliseconds; 0 when nobody watches. */
    public record Delay(double meanMs, double maxMs) {}
}
