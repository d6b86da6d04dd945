package dev.confetti.gateway.rtmp;

import io.netty.buffer.ByteBuf;

/** Writes messages as chunks with absolute headers (fmt 0), fmt 3 for what does not fit one. */
final class ChunkWriter {
    /** What the gateway announces to its peers; a picture mostly fits one chunk. */
    static final int CHUNK_BYTES = 65_536;

    static final int CONTROL_CHUNK_STREAM = 2;
    static final int COMMAND_CHUNK_STREAM = 3;

    private static final int EXTENDED = 0xffffff;

    private ChunkWriter() {}

    /**
     * Writes one message.
     *
     * @param chunkStream 2 to 63
     * @param body not consumed
     */
    static void write(
            ByteBuf out,
            int chunkStream,
            int type,
            int messageStreamId,
            long timestampMs,
            ByteBuf body) {
        int length = body.readableBytes();
        begin(out, chunkStream, type, messageStreamId, timestampMs, length);
        boolean extended = extended(timestampMs);
        for (int at = 0; at < length; at += CHUNK_BYTES) {
            if (at > 0) {
                out.writeByte(0xc0 | chunkStream);
                if (extended) {
                    out.writeInt((int) timestampMs);
                }
            }
            out.writeBytes(body, body.readerIndex() + at, Math.min(CHUNK_BYTES, length - at));
        }
    }

    /** Writes the header of a message whose body follows in one chunk. */
    static void begin(
            ByteBuf out,
            int chunkStream,
            int type,
            int messageStreamId,
            long timestampMs,
            int bodyBytes) {
        boolean extended = extended(timestampMs);
        out.writeByte(chunkStream)
                .writeMedium(extended ? EXTENDED : (int) timestampMs)
                .writeMedium(bodyBytes)
                .writeByte(type)
                .writeIntLE(messageStreamId);
        if (extended) {
            out.writeInt((int) timestampMs);
        }
    }

    private static boolean extended(long timestampMs) {
        return (timestampMs & 0xffff_ffffL) >= EXTENDED;
    }
}
