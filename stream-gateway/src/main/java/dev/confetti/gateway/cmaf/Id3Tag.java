package dev.confetti.gateway.cmaf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** ID3v2.4 tags of one frame (id3.org, ID3v2.4.0 structure 3 and 4, frames 4.2.6). */
public final class Id3Tag {
    private static final int UTF_8 = 3;
    private static final int FRAME_HEADER_BYTES = 10;
    private static final int MAX_SIZE = (1 << 28) - 1;

    private Id3Tag() {}

    /**
     * A tag with one TXXX frame.
     *
     * @param value in UTF-8, without a zero
     */
    public static byte[] userText(String description, byte[] value) {
        byte[] name = description.getBytes(StandardCharsets.UTF_8);
        int frameBytes = 1 + name.length + 1 + value.length;
        ByteBuf out = Unpooled.buffer(2 * FRAME_HEADER_BYTES + frameBytes);
        out.writeMedium('I' << 16 | 'D' << 8 | '3').writeShort(0x0400).writeByte(0);
        size(out, FRAME_HEADER_BYTES + frameBytes);
        out.writeInt('T' << 24 | 'X' << 16 | 'X' << 8 | 'X');
        size(out, frameBytes);
        out.writeShort(0).writeByte(UTF_8).writeBytes(name).writeByte(0).writeBytes(value);
        return ByteBufUtil.getBytes(out);
    }

    /** 28 bits, seven in each byte. */
    private static void size(ByteBuf out, int bytes) {
        if (bytes > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "ID3 size " + bytes + ": expected at most " + MAX_SIZE);
        }
        out.writeByte(bytes >> 21 & 0x7f)
                .writeByte(bytes >> 14 & 0x7f)
                .writeByte(bytes >> 7 & 0x7f)
                .writeByte(bytes & 0x7f);
    }
}
