package dev.confetti.gateway.stream;

import io.netty.buffer.ByteBuf;

/** What a transport puts before each piece of the stream, such as a WebSocket frame header. */
public interface Framing {
    /** Of any header. */
    int MAX_HEADER_BYTES = 16;

    void writeHeader(ByteBuf out, int payloadBytes);
}
