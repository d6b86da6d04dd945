package dev.confetti.demo.rtmp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Cuts messages into RTMP chunks. Not thread-safe.
 *
 * <p>Every message begins with a full header (type 0, absolute time), so that the time may wrap at
 * 2^32 ms without harm. RTMP 1.0 section 5.3.1.
 */
final class ChunkWriter {
    private static final int DEFAULT_CHUNK_BYTES = 128;
    private static final long EXTENDED = 0xff_ffffL;

    private final OutputStream out;
    private int chunkBytes = DEFAULT_CHUNK_BYTES;

    ChunkWriter(OutputStream out) {
        this.out = out;
    }

    /** Tells the peer the size of the chunks that follow. */
    void setChunkBytes(int bytes) throws IOException {
        write(
                2,
                new RtmpMessage(
                        RtmpMessage.SET_CHUNK_SIZE,
                        0,
                        0,
                        ByteBuffer.allocate(4).putInt(bytes).array()));
        chunkBytes = bytes;
    }

    /**
     * Writes a message; the caller flushes.
     *
     * @param chunkStream 2 to 63
     */
    void write(int chunkStream, RtmpMessage message) throws IOException {
        byte[] body = message.body();
        long time = message.timestampMs() & 0xffff_ffffL;
        boolean extended = time >= EXTENDED;
        ByteBuffer header = ByteBuffer.allocate(16);
        header.put((byte) chunkStream);
        put24(header, extended ? EXTENDED : time);
        put24(header, body.length);
        header.put((byte) message.type());
        header.putInt(Integer.reverseBytes(message.streamId()));
        if (extended) {
            header.putInt((int) time);
        }
        out.write(header.array(), 0, header.position());
        int count = Math.min(chunkBytes, body.length);
        out.write(body, 0, count);
        for (int at = count; at < body.length; at += count) {
            out.write(0xc0 | chunkStream);
            if (extended) {
                out.write(ByteBuffer.allocate(4).putInt((int) time).array());
            }
            count = Math.min(chunkBytes, body.length - at);
            out.write(body, at, count);
        }
    }

    private static void put24(ByteBuffer to, long value) {
        to.put((byte) (value >> 16)).put((byte) (value >> 8)).put((byte) value);
    }
}
