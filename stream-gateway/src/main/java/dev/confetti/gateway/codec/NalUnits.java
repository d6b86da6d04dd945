package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.UUID;

/**
 * Walks the length-prefixed NAL units of one access unit of H.264 or H.265 (ISO/IEC 14496-15,
 * 5.3.4.2 and 8.3.4). AV1 has none.
 */
public final class NalUnits {
    private static final int AVC_SLICE_FIRST = 1;
    private static final int AVC_SLICE_LAST = 5;
    private static final int AVC_SEI = 6;
    private static final int AVC_PREFIX = 14;
    private static final int AVC_SLICE_EXTENSION = 20;

    /** All types up to this are of slices, or reserved for them (H.265, table 7-1). */
    private static final int HEVC_SLICE_LAST = 31;

    private static final int HEVC_PREFIX_SEI = 39;
    private static final int HEVC_SUFFIX_SEI = 40;
    private static final int TEMPORAL_ID_PLUS_1 = 7;

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
     * @param codec H.264 or H.265
     * @throws MalformedMediaException when a length points outside the access unit
     */
    public static Scrubbed scrub(ByteBuf in, VideoCodec codec, int nalLengthBytes, UUID forbidden) {
        int headerBytes = headerBytes(codec);
        int start = in.readerIndex();
        int end = in.writerIndex();
        ByteBuf uuid = null;
        ByteBuf kept = null;
        int firstSlice = -1;
        try {
            for (int at = start; at < end; ) {
                int length = nalLength(in, at, end, nalLengthBytes);
                int next = at + nalLengthBytes + length;
                // A unit without a whole header is none; players read over it.
                boolean whole = length >= headerBytes;
                byte header = whole ? in.getByte(at + nalLengthBytes) : 0;
                boolean drop = false;
                if (whole && isSei(codec, header)) {
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
                    if (firstSlice < 0 && whole && isSlice(codec, header)) {
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

    /** Whether the UUID's bytes stand anywhere in a buffer, which is not consumed. */
    public static boolean names(ByteBuf in, UUID uuid) {
        ByteBuf needle = Unpooled.wrappedBuffer(SeiUserData.bytes(uuid));
        return contains(in, in.readerIndex(), in.readableBytes(), needle);
    }

    private static int nalLength(ByteBuf in, int at, int end, int nalLengthBytes) {
        if (at + nalLengthBytes > end) {
            throw new MalformedMediaException(
                    "access unit ends with "
                            + (end - at)
                            + " bytes: expected a NAL length of "
                            + nalLengthBytes);
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

    /** Bytes of a NAL unit's header; 0 where there are no NAL units. */
    public static int headerBytes(VideoCodec codec) {
        return switch (codec) {
            case AVC -> 1;
            case HEVC -> 2;
            case AV1 -> 0;
        };
    }

    /**
     * Writes the header of an SEI NAL unit that goes before a picture's first slice.
     *
     * @param codec H.264 or H.265
     * @param slice holds the slice, whose temporal layer is the least that H.265 allows here
     *     (7.4.2.2)
     * @param sliceOffset where its NAL unit's header begins
     */
    public static void writeSeiHeader(
            ByteBuf out, VideoCodec codec, ByteBuf slice, int sliceOffset) {
        switch (codec) {
            case AVC -> out.writeByte(AVC_SEI);
            case HEVC ->
                    out.writeByte(HEVC_PREFIX_SEI << 1)
                            .writeByte(slice.getByte(sliceOffset + 1) & TEMPORAL_ID_PLUS_1);
            case AV1 -> throw new IllegalArgumentException("AV1: expected a codec with SEI");
        }
    }

    static boolean isSei(VideoCodec codec, byte header) {
        return switch (codec) {
            case AVC -> avcType(header) == AVC_SEI;
            case HEVC -> hevcType(header) == HEVC_PREFIX_SEI || hevcType(header) == HEVC_SUFFIX_SEI;
            case AV1 -> false;
        };
    }

    /** A prefix NAL unit belongs to the slice after it, so SEI goes before it. */
    private static boolean isSlice(VideoCodec codec, byte header) {
        int type = avcType(header);
        return switch (codec) {
            case AVC ->
                    (type >= AVC_SLICE_FIRST && type <= AVC_SLICE_LAST)
                            || type == AVC_PREFIX
                            || type == AVC_SLICE_EXTENSION;
            case HEVC -> hevcType(header) <= HEVC_SLICE_LAST;
            case AV1 -> false;
        };
    }

    private static int avcType(byte header) {
        return header & 31;
    }

    private static int hevcType(byte header) {
        return header >> 1 & 63;
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
