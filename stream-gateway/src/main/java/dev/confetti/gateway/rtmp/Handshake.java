package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.channel.Sending;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The server's side of RTMP's simple handshake (specification 1.0, 5.2); gives way to the chunk
 * decoder.
 *
 * <p>S1 names version 0, so that clients which could verify a digest (librtmp, ffmpeg) do not look
 * for one.
 */
final class Handshake extends ByteToMessageDecoder {
    private static final int VERSION = 3;
    private static final int BLOCK_BYTES = 1536;
    private static final int TIMES_BYTES = 8;

    private enum State {
        VERSION,
        CLIENT_BLOCK,
        CLIENT_ECHO,
        FAILED
    }

    private final Supplier<ChunkDecoder> next;
    private State state = State.VERSION;

    Handshake(Supplier<ChunkDecoder> next) {
        this.next = next;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (state) {
            case VERSION -> version(in);
            case CLIENT_BLOCK -> clientBlock(ctx, in);
            case CLIENT_ECHO -> clientEcho(ctx, in);
            case FAILED -> in.skipBytes(in.readableBytes());
        }
    }

    private void version(ByteBuf in) {
        if (!in.isReadable()) {
            return;
        }
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            state = State.FAILED;
            throw new RtmpException("no RTMP: first byte " + version + ", expected " + VERSION);
        }
        state = State.CLIENT_BLOCK;
    }

    private void clientBlock(ChannelHandlerContext ctx, ByteBuf in) {
        if (in.readableBytes() < BLOCK_BYTES) {
            return;
        }
        ByteBuf reply = ctx.alloc().buffer(1 + 2 * BLOCK_BYTES);
        reply.writeByte(VERSION).writeZero(TIMES_BYTES);
        byte[] random = new byte[BLOCK_BYTES - TIMES_BYTES];
        ThreadLocalRandom.current().nextBytes(random); // fills space, keeps no secret
        reply.writeBytes(random);
        reply.writeBytes(in, BLOCK_BYTES);
        Sending.send(ctx, reply);
        state = State.CLIENT_ECHO;
    }

    /** What the client echoes is not compared: some send anything. */
    private void clientEcho(ChannelHandlerContext ctx, ByteBuf in) {
        if (in.readableBytes() < BLOCK_BYTES) {
            return;
        }
        in.skipBytes(BLOCK_BYTES);
        ctx.pipeline().replace(this, "chunks", next.get());
    }
}
