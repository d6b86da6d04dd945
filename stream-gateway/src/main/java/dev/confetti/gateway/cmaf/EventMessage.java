package dev.confetti.gateway.cmaf;

import io.netty.buffer.ByteBuf;

/**
 * An event message box, version 1 (ISO/IEC 23009-1, 5.10.3.3), that carries an ID3 tag at a place
 * of the timeline (AOM, Carriage of ID3 Timed Metadata in CMAF).
 *
 * @param presentationMs of the picture it belongs to
 * @param id no other event of the stream has it
 * @param id3 the whole tag
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes; equality is not used
public record EventMessage(long presentationMs, int id, byte[] id3) {
    private static final String SCHEME = "https://aomedia.org/emsg/ID3";
    private static final int UNKNOWN_DURATION = 0xffff_ffff;

    void write(ByteBuf out) {
        int emsg = Box.begin(out, "emsg", 1, 0);
        out.writeInt(InitSegment.TIMESCALE).writeLong(presentationMs);
        out.writeInt(UNKNOWN_DURATION).writeInt(id);
        Box.text(out, SCHEME);
        Box.text(out, "");
        out.writeBytes(id3);
        Box.end(out, emsg);
    }
}
