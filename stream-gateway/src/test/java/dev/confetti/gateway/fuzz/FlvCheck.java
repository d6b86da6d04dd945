package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.amf.Amf0Reader;
import dev.confetti.gateway.amf.AmfValue;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Walks an answer of HTTP-FLV as a player does: FLV 10.1, E.3 and E.4. */
final class FlvCheck {
    private FlvCheck() {}

    /**
     * Types and sizes of all tags, which must be whole; script data must be AMF0.
     *
     * @param answer with its HTTP head
     */
    static String summary(byte[] answer) {
        String head = new String(answer, StandardCharsets.ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0 || !head.startsWith("HTTP/1.1 200")) {
            return head;
        }
        ByteBuffer in = ByteBuffer.wrap(answer, end + 4, answer.length - end - 4).slice();
        StringBuilder tags = new StringBuilder("FLV");
        if (!in.hasRemaining()) {
            return tags.toString();
        }
        in.position(13);
        while (in.hasRemaining()) {
            int typeAndSize = in.getInt();
            int type = typeAndSize >>> 24;
            byte[] body = new byte[typeAndSize & 0xffffff];
            in.getInt();
            assertThat(in.get() << 16 | in.getShort()).as("stream id").isZero();
            in.get(body);
            assertThat(in.getInt()).as("size of the tag").isEqualTo(body.length + 11);
            tags.append(' ').append(type).append(':').append(body.length);
            if (type == 18) {
                List<AmfValue> values = Amf0Reader.readAll(Unpooled.wrappedBuffer(body));
                assertThat(values.getFirst()).isInstanceOf(AmfValue.Text.class);
            }
        }
        return tags.append('\n').toString();
    }
}
