package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.channel.Sending;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The server's side of RTMP's handshake (specification 1.0, 5.2); gives way to the chunk decoder.
 *
 * <p>A client whose block holds a digest gets blocks with digests. To any other, S1 names version
 * 0, so that it does not look for one.
 */
final class Handshake extends ByteToMessageDecoder {
    private static final int VERSION = 3;
    private static final int BLOCK_BYTES = HandshakeDigest.BLOCK_BYTES;
    private static final int TIMES_BYTES = 8;

    /** From version 3 on, clients look for a digest. */
    private static final byte[] DIGEST_VERSION = {3, 5, 1, 1};

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
        byte[] clientBlock = new byte[BLOCK_BYTES];
        in.readBytes(clientBlock);
        byte[] first = randomBlock();
        byte[] second = clientBlock;
        HandshakeDigest.Digest digest = HandshakeDigest.find(clientBlock);
        if (digest != null) {
            System.arraycopy(
                    DIGEST_VERSION,
                    0,
                    first,
                    TIMES_BYTES - DIGEST_VERSION.length,
                    DIGEST_VERSION.length);
            digest.sign(first);
            second = randomBlock();
            digest.answer(second);
        }
        ByteBuf reply = ctx.alloc().buffer(1 + 2 * BLOCK_BYTES);
        Sending.send(ctx, reply.writeByte(VERSION).writeBytes(first).writeBytes(second));
        state = State.CLIENT_ECHO;
    }

    /** Time and version of 0, then what fills space and keeps no secret. */
    private static byte[] randomBlock() {
        byte[] random = new byte[BLOCK_BYTES - TIMES_BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        byte[] block = new byte[BLOCK_BYTES];
        System.arraycopy(random, 0, block, TIMES_BYTES, random.length);
        return block;
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
