package dev.confetti.bench.media;

import dev.confetti.demo.flv.FlvTag;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Makes pictures with cues for tests, written after the standard and not after the reader. */
public final class CueBytes {
    private static final byte[] UUID_BYTES =
            HexFormat.of().parseHex("2b75ddf3d8e34a85a64441da256c0268");

    private CueBytes() {}

    /** A picture whose SEI name these sends, one cue each. */
    public static FlvTag picture(long timestampMs, List<String> giftSendIds) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0x17, 1, 0, 0, 0});
        for (String id : giftSendIds) {
            byte[] nal = seiNal("{\"giftSendId\":\"" + id + "\"}");
            body.writeBytes(ByteBuffer.allocate(4).putInt(nal.length).array());
            body.writeBytes(nal);
        }
        body.writeBytes(new byte[] {0, 0, 0, 2, 0x65, 1});
        return new FlvTag(FlvTag.VIDEO, timestampMs, body.toByteArray());
    }

    static byte[] seiNal(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream nal = new ByteArrayOutputStream();
        nal.write(6);
        nal.write(5);
        int size = 16 + text.length;
        for (; size >= 255; size -= 255) {
            nal.write(255);
        }
        nal.write(size);
        nal.writeBytes(UUID_BYTES);
        nal.writeBytes(text);
        nal.write(0x80);
        return nal.toByteArray();
    }
}
