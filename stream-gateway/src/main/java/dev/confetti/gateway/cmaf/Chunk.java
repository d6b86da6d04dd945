package dev.confetti.gateway.cmaf;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * CMAF chunks (ISO/IEC 23000-19, 7.3.3): some samples of one track, with what they need to be
 * decoded at their place of the timeline. Times are 64 bit, in {@link InitSegment#TIMESCALE}.
 */
public final class Chunk {
    private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;

    // ISO/IEC 14496-12, 8.8.8.1
    private static final int DATA_OFFSET = 0x001;
    private static final int DURATIONS = 0x100;
    private static final int SIZES = 0x200;
    private static final int FLAGS = 0x400;
    private static final int COMPOSITION_OFFSETS = 0x800;

    private Chunk() {}

    /** What stands before the first chunk of a segment that is a file of its own. */
    public static void writeSegmentType(ByteBuf out) {
        int styp = Box.begin(out, "styp");
        InitSegment.brands(out, "msdh", "msdh", "cmfs", "cmff");
        Box.end(out, styp);
    }

    /**
     * Writes everything but the samples' bytes, which the caller writes right after it.
     *
     * @param sequence grows with each chunk of the track; its low 32 bits are written
     * @param decodeTimeMs of the first sample
     * @param video whether samples differ in flags and have composition offsets
     * @param samples at least one; all sizes together below 2 GB
     */
    public static void writeHeader(
            ByteBuf out,
            long sequence,
            long decodeTimeMs,
            boolean video,
            List<EventMessage> events,
            List<Sample> samples) {
        for (EventMessage event : events) {
            event.write(out);
        }
        int moof = Box.begin(out, "moof");
        int mfhd = Box.begin(out, "mfhd", 0, 0);
        out.writeInt((int) sequence);
        Box.end(out, mfhd);
        int traf = Box.begin(out, "traf");
        int tfhd = Box.begin(out, "tfhd", 0, DEFAULT_BASE_IS_MOOF);
        out.writeInt(InitSegment.TRACK_ID);
        Box.end(out, tfhd);
        int tfdt = Box.begin(out, "tfdt", 1, 0);
        out.writeLong(decodeTimeMs);
        Box.end(out, tfdt);
        int trun =
                Box.begin(
                        out,
                        "trun",
                        1,
                        DATA_OFFSET
                                | DURATIONS
                                | SIZES
                                | (video ? FLAGS | COMPOSITION_OFFSETS : 0));
        out.writeInt(samples.size());
        int dataOffset = out.writerIndex();
        out.writeInt(0);
        long bytes = 0;
        for (Sample sample : samples) {
            out.writeInt(sample.durationMs()).writeInt(sample.sizeBytes());
            if (video) {
                out.writeInt(sample.flags()).writeInt(sample.compositionOffsetMs());
            }
            bytes += sample.sizeBytes();
        }
        Box.end(out, trun);
        Box.end(out, traf);
        Box.end(out, moof);
        out.setInt(dataOffset, out.writerIndex() - moof + Box.HEADER_BYTES);
        int mdat = Box.begin(out, "mdat");
        out.setInt(mdat, Math.toIntExact(Box.HEADER_BYTES + bytes));
    }
}
