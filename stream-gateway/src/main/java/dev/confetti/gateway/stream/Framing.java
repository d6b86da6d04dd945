package dev.confetti.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** What a transport puts before each piece of the stream, such as a WebSocket frame header. */
public interface Framing {
    ByteBuf header(ByteBufAllocator alloc, int payloadBytes);
}
