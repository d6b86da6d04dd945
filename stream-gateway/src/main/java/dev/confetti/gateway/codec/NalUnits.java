package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.UUID;

/** Walks the length-prefixed NAL units of one H.264 access unit (ISO/IEC 14496-15, 5.3.4.2). */
public final class NalUnits {
    private static final int SLICE_FIRST = 1;
    private static final int SLICE_LAST = 5;
    private static final int SEI = 6;
    private static final int PREFIX = 14;
    private static final int SLICE_EXTENSION = 20;

    private NalUnits() {}

    /**
     * An access unit without what nobody but the gateway may say.
     *
     * @param payload the NAL units; the caller owns one reference
     * @param firstSliceOffset where the length of the first slice stands, the place for further
     *     SEI; -1 when there is no slice
     */
    public record Scrubbed(ByteBuf payload, int firstSliceOffset) {}

    /**
     * Takes out every SEI NAL unit in which {@code forbidden} occurs, and finds the first slice.
     *
     * <p>The search is for the plain bytes: a UUID without zero bytes reads the same with and
     * without emulation prevention.
     *
     * @param in readable: the NAL units; not consumed
     * @throws MalformedMediaException when a length points outside the access unit
     */
    public static Scrubbed scrub(ByteBuf in, int nalLengthBytes, UUID forbidden) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        ByteBuf uuid = null;
        ByteBuf kept = null;
        int firstSlice = -1;
        try {
            for (int at = start; at < end; ) {
                int length = nalLength(in, at, end, nalLengthBytes);
                int next = at + nalLengthBytes + length;
                int type = length == 0 ? 0 : in.getByte(at + nalLengthBytes) & 31;
                boolean drop = false;
                if (type == SEI) {
                    uuid =
                            uuid == null
                                    ? Unpooled.wrappedBuffer(SeiUserData.bytes(forbidden))
                                    : uuid;
                    drop = contains(in, at + nalLengthBytes, length, uuid);
                }
                if (drop && kept == null) {
                    kept = in.alloc().buffer(end - start);
                    kept.writeBytes(in, start, at - start);
                } else if (!drop) {
                    if (firstSlice < 0 && isSlice(type)) {
                        firstSlice = kept == null ? at - start : kept.readableBytes();
                    }
                    if (kept != null) {
                        kept.writeBytes(in, at, next - at);
                    }
                }
                at = next;
            }
        } catch (MalformedMediaException e) {
            if (kept != null) {
                kept.release();
            }
            throw e;
        }
        return new Scrubbed(kept == null ? in.retainedSlice() : kept, firstSlice);
    }

    private static int nalLength(ByteBuf in, int at, int end, int nalLengthBytes) {
        if (at + nalLengthBytes > end) {
            throw new MalformedMediaException(
                    "access unit ends inside a NAL length of " + nalLengthBytes + " bytes");
        }
        long length =
                switch (nalLengthBytes) {
                    case 1 -> in.getUnsignedByte(at);
                    case 2 -> in.getUnsignedShort(at);
                    default -> in.getUnsignedInt(at);
                };
        int left = end - at - nalLengthBytes;
        if (length > left) {
            throw new MalformedMediaException(
                    "NAL unit of "
                            + length
                            + " bytes: expected at most the "
                            + left
                            + " that are left in the access unit");
        }
        return (int) length;
    }

    /** A prefix NAL unit belongs to the slice after it, so SEI goes before it. */
    private static boolean isSlice(int type) {
        return (type >= SLICE_FIRST && type <= SLICE_LAST)
                || type == PREFIX
                || type == SLICE_EXTENSION;
    }

    private static boolean contains(ByteBuf in, int at, int length, ByteBuf needle) {
        int first = needle.getByte(0);
        int last = at + length - needle.readableBytes();
        for (int i = at; i <= last; i++) {
            if (in.getByte(i) == first
                    && ByteBufUtil.equals(in, i, needle, 0, needle.readableBytes())) {
                return true;
            }
        }
        return false;
    }
}
