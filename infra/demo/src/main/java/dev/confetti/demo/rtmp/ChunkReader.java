package dev.confetti.demo.rtmp;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts RTMP chunks together into messages, and follows the peer's chunk size. Blocking; not
 * thread-safe.
 */
final class ChunkReader {
    /** What a server says to a publisher is a few hundred bytes; this bounds a hostile one. */
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private static final int MAX_CHUNK_STREAMS = 64;
    private static final int DEFAULT_CHUNK_BYTES = 128;
    private static final long EXTENDED = 0xff_ffffL;

    private static final class ChunkStream {
        long timestampMs;
        long deltaMs;
        boolean extended;
        int length;
        int type;
        int streamId;
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
    }

    private final DataInputStream in;
    private final Map<Integer, ChunkStream> streams = new HashMap<>();
    private int chunkBytes = DEFAULT_CHUNK_BYTES;
    private long bytesRead;

    ChunkReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** Bytes read since the reader was made, for acknowledgements. */
    long bytesRead() {
        return bytesRead;
    }

    /**
     * The next message that is not about chunks themselves.
     *
     * @throws EOFException when the peer closed
     * @throws IOException when the bytes are not RTMP
     */
    RtmpMessage next() throws IOException {
        while (true) {
            RtmpMessage message = chunk();
            if (message == null) {
                continue;
            }
            switch (message.type()) {
                case RtmpMessage.SET_CHUNK_SIZE -> setChunkBytes(message);
                case RtmpMessage.ABORT -> abort(message);
                default -> {
                    return message;
                }
            }
        }
    }

    /** Reads one chunk; the message when it is the message's last one. */
    private @Nullable RtmpMessage chunk() throws IOException {
        int first = unsigned(1);
        int format = first >> 6;
        int id = chunkStreamId(first & 0x3f);
        ChunkStream stream = streams.get(id);
        if (stream == null) {
            if (format != 0 && format != 1) {
                throw new IOException(
                        "expected a full header first on chunk stream "
                                + id
                                + ", got a header of type "
                                + format);
            }
            if (streams.size() == MAX_CHUNK_STREAMS) {
                throw new IOException(
                        "expected at most "
                                + MAX_CHUNK_STREAMS
                                + " chunk streams, got one more: "
                                + id);
            }
            stream = new ChunkStream();
            streams.put(id, stream);
        }
        header(stream, format);
        int count = Math.min(chunkBytes, stream.length - stream.body.size());
        byte[] part = new byte[count];
        in.readFully(part);
        bytesRead += count;
        stream.body.write(part, 0, count);
        if (stream.body.size() < stream.length) {
            return null;
        }
        byte[] body = stream.body.toByteArray();
        stream.body.reset();
        return new RtmpMessage(stream.type, stream.timestampMs, stream.streamId, body);
    }

    private int chunkStreamId(int low) throws IOException {
        return switch (low) {
            case 0 -> 64 + unsigned(1);
            case 1 -> 64 + unsigned(1) + 256 * unsigned(1);
            default -> low;
        };
    }

    private void header(ChunkStream stream, int format) throws IOException {
        boolean begins = stream.body.size() == 0;
        if (format == 3) {
            if (stream.extended) {
                unsigned(4);
            }
            if (begins) {
                stream.timestampMs = stream.timestampMs + stream.deltaMs & 0xffff_ffffL;
            }
            return;
        }
        if (!begins) {
            throw new IOException(
                    "expected the rest of a message of "
                            + stream.length
                            + " bytes, got a header of type "
                            + format);
        }
        long time = unsigned(3);
        if (format <= 1) {
            stream.length = unsigned(3);
            if (stream.length > MAX_MESSAGE_BYTES) {
                throw new IOException(
                        "expected a message of at most "
                                + MAX_MESSAGE_BYTES
                                + " bytes, got "
                                + stream.length);
            }
            stream.type = unsigned(1);
        }
        if (format == 0) {
            stream.streamId = Integer.reverseBytes(unsigned(4));
        }
        stream.extended = time == EXTENDED;
        if (stream.extended) {
            time = unsigned(4) & 0xffff_ffffL;
        }
        stream.deltaMs = format == 0 ? 0 : time;
        stream.timestampMs = format == 0 ? time : stream.timestampMs + time & 0xffff_ffffL;
    }

    private void setChunkBytes(RtmpMessage message) throws IOException {
        int bytes = message.body().length < 4 ? 0 : ByteBuffer.wrap(message.body()).getInt();
        if (bytes < 1) {
            throw new IOException("expected a chunk size of 1 or more, got " + bytes);
        }
        chunkBytes = bytes;
    }

    private void abort(RtmpMessage message) {
        if (message.body().length >= 4) {
            ChunkStream stream = streams.get(ByteBuffer.wrap(message.body()).getInt());
            if (stream != null) {
                stream.body.reset();
            }
        }
    }

    /** A big-endian number of one to four bytes. */
    private int unsigned(int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | in.readUnsignedByte();
        }
        bytesRead += bytes;
        return value;
    }
}
