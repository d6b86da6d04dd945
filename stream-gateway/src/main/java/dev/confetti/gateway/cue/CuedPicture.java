package dev.confetti.gateway.cue;

import dev.confetti.gateway.media.Frame;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** A picture with the SEI of its cues before its first slice, as every format writes it. */
public final class CuedPicture {
    private CuedPicture() {}

    /** Bytes that {@link #write} writes. */
    public static int bytes(Frame.Video frame, List<StampedCue> cues) {
        int bytes = frame.payload().readableBytes();
        for (StampedCue cue : cues) {
            if (cue.fits(frame)) {
                bytes += frame.nalLengthBytes() + cue.seiBytes(frame.codec());
            }
        }
        return bytes;
    }

    /**
     * Writes the picture as its payload is, with the cues in it; a cue that does not fit, as none
     * fits AV1, is left out.
     */
    public static void write(ByteBuf out, Frame.Video frame, List<StampedCue> cues) {
        ByteBuf payload = frame.payload();
        int start = payload.readerIndex();
        int cueOffset = Math.max(frame.cueOffset(), 0);
        out.writeBytes(payload, start, cueOffset);
        for (StampedCue cue : cues) {
            if (cue.fits(frame)) {
                int seiBytes = cue.seiBytes(frame.codec());
                switch (frame.nalLengthBytes()) {
                    case 1 -> out.writeByte(seiBytes);
                    case 2 -> out.writeShort(seiBytes);
                    default -> out.writeInt(seiBytes);
                }
                cue.writeSei(out, frame);
            }
        }
        out.writeBytes(payload, start + cueOffset, payload.readableBytes() - cueOffset);
    }
}
