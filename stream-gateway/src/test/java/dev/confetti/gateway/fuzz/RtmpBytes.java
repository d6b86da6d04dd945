package dev.confetti.gateway.fuzz;

import dev.confetti.gateway.amf.Amf0Writer;
import dev.confetti.gateway.amf.AmfValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;

/** What a well-behaved RTMP client sends. */
final class RtmpBytes {
    private static final int CHUNK_BYTES = 65_536;

    private RtmpBytes() {}

    /** Both blocks of the handshake, then the greatest chunk size. */
    static byte[] handshake() {
        ByteBuf out = Unpooled.buffer().writeByte(3).writeZero(2 * 1536);
        out.writeByte(2).writeMedium(0).writeMedium(4).writeByte(1).writeInt(0);
        return ByteBufUtil.getBytes(out.writeInt(CHUNK_BYTES));
    }

    /** One message of at most a chunk. */
    static byte[] message(int type, int timestampMs, byte[] body) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(6).writeMedium(timestampMs).writeMedium(body.length).writeByte(type);
        return ByteBufUtil.getBytes(out.writeIntLE(1).writeBytes(body));
    }

    /** {@code connect}, then {@code publish}. */
    static byte[] publish(String app, String tcUrl, String name) {
        AmfValue server =
                new AmfValue.Obj(Map.of("app", AmfValue.of(app), "tcUrl", AmfValue.of(tcUrl)));
        return ByteBufUtil.getBytes(
                Unpooled.wrappedBuffer(
                        command("connect", server),
                        command("publish", AmfValue.Nothing.NULL, AmfValue.of(name))));
    }

    private static byte[] command(String name, AmfValue... values) {
        ByteBuf body = Unpooled.buffer();
        Amf0Writer.writeAll(body, List.of(AmfValue.of(name), AmfValue.of(1)));
        Amf0Writer.writeAll(body, List.of(values));
        return message(20, 0, ByteBufUtil.getBytes(body));
    }
}
