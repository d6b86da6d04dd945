package dev.confetti.gateway.rtmp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What a chunk stream remembers between chunks: the last header, and an unfinished message. */
final class ChunkStream {
    int timestampMs;

    /** The last header's timestamp field, extended or not: a delta, or an absolute time (fmt 0). */
    int timestampField;

    boolean extended;
    int lengthBytes;
    int type;
    int messageStreamId;
    boolean used;
    @Nullable ByteBuf body;
}
