package dev.confetti.gateway.cmaf;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The frame of each box: ISO/IEC 14496-12, 4.2. A box's size is filled in at its end. */
final class Box {
    static final int HEADER_BYTES = 8;

    private Box() {}

    /**
     * Begins a box.
     *
     * @param type four characters of ASCII
     * @return where it begins, for {@link #end}
     */
    static int begin(ByteBuf out, String type) {
        int start = out.writerIndex();
        out.writeInt(0).writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        return start;
    }

    /** Begins a box with a version and flags. */
    static int begin(ByteBuf out, String type, int version, int flags) {
        int start = begin(out, type);
        out.writeByte(version).writeMedium(flags);
        return start;
    }

    static void end(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start);
    }

    /** A text with a zero after it. */
    static void text(ByteBuf out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8)).writeByte(0);
    }
}
