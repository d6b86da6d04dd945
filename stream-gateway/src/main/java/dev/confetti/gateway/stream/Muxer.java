package dev.confetti.gateway.stream;

import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.TrackHeaders;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A wire format: the mapping from access units to the bytes that every viewer of that format gets.
 *
 * <p>The bytes must not depend on the viewer: they are written once and shared by all.
 */
public interface Muxer {
    /** For metrics and log lines. */
    String name();

    /** What stands before everything else; may write nothing. */
    void writePreamble(ByteBuf out);

    /** Metadata and decoder configurations, as far as they are known. */
    void writeHeaders(ByteBuf out, TrackHeaders headers, long dtsMs);

    /** One unit; its cues right before it and, for a picture, in it. */
    void writeUnit(ByteBuf out, AccessUnit unit, List<StampedCue> cues);

    /** Cues that no picture carries, since none comes. */
    void writeCues(ByteBuf out, List<StampedCue> cues, long dtsMs);
}
