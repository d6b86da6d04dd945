package dev.confetti.demo.flv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A clip that is played for ever: its frames numbered on from loop to loop, on one timeline that
 * never jumps. Immutable.
 *
 * <p>Frame number {@code n} is frame {@code n % frames} of the clip, its time moved by whole loops.
 */
public final class FlvClip {
    private final List<FlvTag> headers;
    private final List<FlvTag> frames;
    private final long durationMs;

    private FlvClip(List<FlvTag> headers, List<FlvTag> frames, long durationMs) {
        this.headers = headers;
        this.frames = frames;
        this.durationMs = durationMs;
    }

    /** The clip that comes with the demo: 24 s, 854x480, H.264 and AAC, made by the project. */
    public static FlvClip demo() {
        try (InputStream in = FlvClip.class.getResourceAsStream("/dev/confetti/demo/clip.flv")) {
            if (in == null) {
                throw new IllegalStateException(
                        "expected /dev/confetti/demo/clip.flv on the class path");
            }
            return of(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("/dev/confetti/demo/clip.flv cannot be read", e);
        }
    }

    /**
     * Reads a clip.
     *
     * @throws FlvFormatException when the bytes are not a whole FLV file that begins with a key
     *     frame
     */
    public static FlvClip of(byte[] flv) {
        List<FlvTag> tags = new ArrayList<>();
        FlvReader reader = new FlvReader(tags::add, true);
        reader.feed(ByteBuffer.wrap(flv));
        if (!reader.atTagEnd()) {
            throw new FlvFormatException("expected a whole clip, got one that ends inside a tag");
        }
        List<FlvTag> headers = new ArrayList<>();
        List<FlvTag> frames = new ArrayList<>();
        for (FlvTag tag : tags) {
            // An empty packet (ffmpeg ends a file with one) would be played as a frame at each
            // seam.
            boolean endOfSequence = tag.type() == FlvTag.VIDEO && tag.bodyBytes() <= 5;
            if (tag.type() == FlvTag.SCRIPT || tag.isSequenceHeader()) {
                headers.add(tag);
            } else if (!endOfSequence) {
                frames.add(tag);
            }
        }
        frames.sort(Comparator.comparingLong(FlvTag::timestampMs));
        if (frames.stream().noneMatch(FlvTag::isKeyFrame)) {
            throw new FlvFormatException("expected a clip with an H.264 key frame, got none");
        }
        long durationMs = Math.max(trackMs(frames, FlvTag.VIDEO), trackMs(frames, FlvTag.AUDIO));
        return new FlvClip(List.copyOf(headers), List.copyOf(frames), durationMs);
    }

    /**
     * From a track's first frame to the end of its last, which is taken to be as long as the
     * others.
     */
    private static long trackMs(List<FlvTag> frames, int type) {
        long[] times =
                frames.stream()
                        .filter(f -> f.type() == type)
                        .mapToLong(FlvTag::timestampMs)
                        .toArray();
        if (times.length < 2) {
            return 0;
        }
        long betweenMs = times[times.length - 1] - times[0];
        long gaps = times.length - 1L;
        return (betweenMs * times.length + gaps / 2) / gaps;
    }

    /** Metadata and decoder configurations, to be sent before the first frame. */
    public List<FlvTag> headers() {
        return headers;
    }

    /** How long one loop is. */
    public long durationMs() {
        return durationMs;
    }

    /** How many frames one loop has. */
    public int frames() {
        return frames.size();
    }

    /** The frame of this number, its timestamp still that inside the clip. */
    public FlvTag frame(long number) {
        return frames.get((int) (number % frames.size()));
    }

    /** When the frame of this number is due, counted from frame 0 of the first loop. */
    public long timeMs(long number) {
        return number / frames.size() * durationMs + frame(number).timestampMs();
    }

    /** The number of the first key frame that is due at this time or later. */
    public long keyFrameAtOrAfter(long timeMs) {
        long number = Math.max(0, timeMs) / durationMs * frames.size();
        while (timeMs(number) < timeMs || !frame(number).isKeyFrame()) {
            number++;
        }
        return number;
    }

    /**
     * The largest number of milliseconds between two key frames, or empty when a loop has only one.
     */
    public Optional<Long> longestGopMs() {
        long previousMs = -1;
        long longestMs = -1;
        for (FlvTag frame : frames) {
            if (frame.isKeyFrame()) {
                if (previousMs >= 0) {
                    longestMs = Math.max(longestMs, frame.timestampMs() - previousMs);
                }
                previousMs = frame.timestampMs();
            }
        }
        return longestMs < 0 ? Optional.empty() : Optional.of(longestMs);
    }
}
