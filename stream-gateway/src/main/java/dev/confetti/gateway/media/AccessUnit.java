package dev.confetti.gateway.media;

/**
 * A frame with its place on the stream's timeline.
 *
 * @param dtsMs decoding time, 64 bit, never decreasing within a track
 */
public record AccessUnit(long dtsMs, Frame frame) {
    public boolean video() {
        return frame instanceof Frame.Video;
    }

    public long ptsMs() {
        return frame instanceof Frame.Video video ? dtsMs + video.ctsMs() : dtsMs;
    }
}
