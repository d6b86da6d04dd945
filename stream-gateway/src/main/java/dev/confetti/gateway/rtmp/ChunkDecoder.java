package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.limits.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together from the chunks of one connection: RTMP 1.0, 5.3.
 *
 * <p>A message's buffer grows with the bytes that have arrived, never by its declared length, and
 * all unfinished bytes are counted against this connection's and everybody's limit.
 */
final class ChunkDecoder extends ByteToMessageDecoder {
    /** Encoders use 4 or 5. */
    static final int MAX_CHUNK_STREAMS = 16;

    static final int MIN_CHUNK_BYTES = 128;
    static final int MAX_CHUNK_BYTES = 65_536;

    /** Before someone may publish, commands are all that is needed. */
    static final int MAX_COMMAND_BYTES = 65_536;

    private static final int EXTENDED = 0xffffff;
    private static final int FIRST_BUFFER_BYTES = 4096;

    private enum State {
        BASIC_HEADER,
        MESSAGE_HEADER,
        EXTENDED_TIMESTAMP,
        PAYLOAD,
        FAILED
    }

    private final Limits limits;
    private final MemoryBudget budget;
    private final Map<Integer, ChunkStream> chunkStreams = new HashMap<>();
    private State state = State.BASIC_HEADER;
    private ChunkStream current = new ChunkStream();
    private int format;
    private int chunkBytes = MIN_CHUNK_BYTES;
    private int chunkLeft;
    private int maxMessageBytes = MAX_COMMAND_BYTES;
    private long unfinishedBytes;

    ChunkDecoder(Limits limits, MemoryBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /** From now on messages may be as big as pictures. */
    void allowMedia() {
        maxMessageBytes = limits.maxMessageBytes();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        try {
            boolean advanced = true;
            while (advanced && out.isEmpty()) {
                advanced =
                        switch (state) {
                            case BASIC_HEADER -> basicHeader(in);
                            case MESSAGE_HEADER -> messageHeader(in);
                            case EXTENDED_TIMESTAMP -> extendedTimestamp(in);
                            case PAYLOAD -> payload(ctx, in, out);
                            case FAILED -> {
                                in.skipBytes(in.readableBytes());
                                yield false;
                            }
                        };
            }
        } catch (RtmpException e) {
            state = State.FAILED;
            releaseUnfinished();
            throw e;
        }
    }

    private boolean basicHeader(ByteBuf in) {
        if (!in.isReadable()) {
            return false;
        }
        int first = in.getUnsignedByte(in.readerIndex());
        int id = first & 63;
        int bytes = id == 0 ? 2 : id == 1 ? 3 : 1;
        if (in.readableBytes() < bytes) {
            return false;
        }
        in.skipBytes(1);
        if (bytes == 2) {
            id = 64 + in.readUnsignedByte();
        } else if (bytes == 3) {
            id = 64 + in.readUnsignedShortLE();
        }
        format = first >> 6;
        current = chunkStream(id);
        if (current.body != null && format != 3) {
            throw new RtmpException(
                    "chunk stream "
                            + id
                            + ": new message header (fmt "
                            + format
                            + ") inside a message; expected fmt 3");
        }
        if (!current.used && format == 3) {
            throw new RtmpException(
                    "chunk stream " + id + ": begins with fmt 3; expected a message header");
        }
        state = State.MESSAGE_HEADER;
        return true;
    }

    private ChunkStream chunkStream(int id) {
        ChunkStream known = chunkStreams.get(id);
        if (known != null) {
            return known;
        }
        if (chunkStreams.size() == MAX_CHUNK_STREAMS) {
            throw new RtmpException(
                    "chunk stream " + id + ": expected at most " + MAX_CHUNK_STREAMS);
        }
        ChunkStream fresh = new ChunkStream();
        chunkStreams.put(id, fresh);
        return fresh;
    }

    private boolean messageHeader(ByteBuf in) {
        int bytes =
                switch (format) {
                    case 0 -> 11;
                    case 1 -> 7;
                    case 2 -> 3;
                    default -> 0;
                };
        if (in.readableBytes() < bytes) {
            return false;
        }
        if (format < 3) {
            current.timestampField = in.readUnsignedMedium();
            current.extended = current.timestampField == EXTENDED;
        }
        if (format < 2) {
            current.lengthBytes = in.readUnsignedMedium();
            current.type = in.readUnsignedByte();
            if (current.lengthBytes > maxMessageBytes) {
                throw new RtmpException(
                        "message of "
                                + current.lengthBytes
                                + " bytes: expected at most "
                                + maxMessageBytes);
            }
        }
        if (format == 0) {
            current.messageStreamId = in.readIntLE();
        }
        current.used = true;
        state = State.EXTENDED_TIMESTAMP;
        return true;
    }

    private boolean extendedTimestamp(ByteBuf in) {
        if (current.extended) {
            if (in.readableBytes() < 4) {
                return false;
            }
            if (format < 3) {
                current.timestampField = in.readInt();
            } else if (in.getInt(in.readerIndex()) == current.timestampField) {
                // Fmt 3 repeats it by the book; some old encoders leave it out.
                in.skipBytes(4);
            }
        }
        if (current.body == null) {
            current.timestampMs =
                    format == 0
                            ? current.timestampField
                            : current.timestampMs + current.timestampField;
        }
        int arrived = current.body == null ? 0 : current.body.readableBytes();
        chunkLeft = Math.min(chunkBytes, current.lengthBytes - arrived);
        state = State.PAYLOAD;
        return true;
    }

    private boolean payload(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ByteBuf body = current.body;
        if (body == null) {
            body = ctx.alloc().buffer(Math.min(current.lengthBytes, FIRST_BUFFER_BYTES));
            current.body = body;
        }
        int bytes = Math.min(chunkLeft, in.readableBytes());
        if (bytes > 0) {
            count(bytes);
            body.writeBytes(in, bytes);
            chunkLeft -= bytes;
        }
        if (chunkLeft > 0) {
            return false;
        }
        state = State.BASIC_HEADER;
        if (body.readableBytes() == current.lengthBytes) {
            current.body = null;
            unfinishedBytes -= body.readableBytes();
            budget.giveBack(body.readableBytes());
            message(body, out);
        }
        return true;
    }

    private void count(int bytes) {
        if (unfinishedBytes + bytes > limits.maxUnfinishedBytes()) {
            throw new RtmpException(
                    "more than "
                            + limits.maxUnfinishedBytes()
                            + " bytes in unfinished messages: expected messages to end");
        }
        if (!budget.take(bytes)) {
            throw new RtmpException(
                    "more than "
                            + limits.maxUnfinishedTotalBytes()
                            + " bytes in unfinished messages on all connections together:"
                            + " expected fewer; try again later");
        }
        unfinishedBytes += bytes;
    }

    private void message(ByteBuf body, List<Object> out) {
        switch (current.type) {
            case RtmpMessage.SET_CHUNK_SIZE -> {
                long size = control(body, "chunk size") & 0x7fffffff;
                if (size < MIN_CHUNK_BYTES || size > MAX_CHUNK_BYTES) {
                    throw new RtmpException(
                            "chunk size "
                                    + size
                                    + ": expected "
                                    + MIN_CHUNK_BYTES
                                    + " to "
                                    + MAX_CHUNK_BYTES);
                }
                chunkBytes = (int) size;
            }
            case RtmpMessage.ABORT -> {
                ChunkStream aborted = chunkStreams.get((int) control(body, "abort"));
                if (aborted != null) {
                    release(aborted);
                }
            }
            default ->
                    out.add(
                            new RtmpMessage(
                                    current.type,
                                    current.messageStreamId,
                                    current.timestampMs,
                                    body));
        }
    }

    private static long control(ByteBuf body, String what) {
        try {
            if (body.readableBytes() < 4) {
                throw new RtmpException(
                        what + " message of " + body.readableBytes() + " bytes: expected 4");
            }
            return body.readUnsignedInt();
        } finally {
            body.release();
        }
    }

    private void release(ChunkStream chunkStream) {
        @Nullable ByteBuf body = chunkStream.body;
        if (body != null) {
            chunkStream.body = null;
            unfinishedBytes -= body.readableBytes();
            budget.giveBack(body.readableBytes());
            body.release();
        }
    }

    private void releaseUnfinished() {
        chunkStreams.values().forEach(this::release);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        releaseUnfinished();
    }
}
