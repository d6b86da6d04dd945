package dev.confetti.gateway.http;

import dev.confetti.gateway.stream.Framing;
import io.netty.buffer.ByteBuf;

/** The header of an unmasked, unfragmented binary frame: RFC 6455, 5.2. */
final class WebSocketFraming implements Framing {
    static final WebSocketFraming INSTANCE = new WebSocketFraming();

    private static final int FINAL_BINARY = 0x82;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private WebSocketFraming() {}

    @Override
    public void writeHeader(ByteBuf out, int payloadBytes) {
        out.writeByte(FINAL_BINARY);
        if (payloadBytes < LENGTH_16) {
            out.writeByte(payloadBytes);
        } else if (payloadBytes <= 0xffff) {
            out.writeByte(LENGTH_16).writeShort(payloadBytes);
        } else {
            out.writeByte(LENGTH_64).writeLong(payloadBytes);
        }
    }
}
