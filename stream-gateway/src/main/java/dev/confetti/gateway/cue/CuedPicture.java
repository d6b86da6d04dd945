package dev.confetti.gateway.cue;

import dev.confetti.gateway.media.Frame;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A picture's NAL units with the SEI of its cues before the first slice: the same bytes in every
 * format.
 */
public final class CuedPicture {
    private CuedPicture() {}

    /** Bytes that {@link #write} writes. */
    public static int sizeBytes(Frame.Video frame, List<StampedCue> cues) {
        int bytes = frame.payload().readableBytes();
        for (StampedCue cue : cues) {
            if (cue.fits(frame)) {
                bytes += frame.nalLengthBytes() + cue.seiBytes();
            }
        }
        return bytes;
    }

    /** Cues that do not fit are left out. */
    public static void write(ByteBuf out, Frame.Video frame, List<StampedCue> cues) {
        ByteBuf payload = frame.payload();
        int start = payload.readerIndex();
        int cueOffset = Math.max(frame.cueOffset(), 0);
        out.writeBytes(payload, start, cueOffset);
        for (StampedCue cue : cues) {
            if (cue.fits(frame)) {
                switch (frame.nalLengthBytes()) {
                    case 1 -> out.writeByte(cue.seiBytes());
                    case 2 -> out.writeShort(cue.seiBytes());
                    default -> out.writeInt(cue.seiBytes());
                }
                cue.writeSei(out);
            }
        }
        out.writeBytes(payload, start + cueOffset, payload.readableBytes() - cueOffset);
    }
}
