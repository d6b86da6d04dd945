package dev.confetti.gateway.http;

import dev.confetti.gateway.stream.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The header of an unmasked, unfragmented binary frame: RFC 6455, 5.2. */
final class WebSocketFraming implements Framing {
    static final WebSocketFraming INSTANCE = new WebSocketFraming();

    private static final int FINAL_BINARY = 0x82;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private WebSocketFraming() {}

    @Override
    public ByteBuf header(ByteBufAllocator alloc, int payloadBytes) {
        ByteBuf header = alloc.directBuffer(10).writeByte(FINAL_BINARY);
        if (payloadBytes < LENGTH_16) {
            header.writeByte(payloadBytes);
        } else if (payloadBytes <= 0xffff) {
            header.writeByte(LENGTH_16).writeShort(payloadBytes);
        } else {
            header.writeByte(LENGTH_64).writeLong(payloadBytes);
        }
        return header;
    }
}
