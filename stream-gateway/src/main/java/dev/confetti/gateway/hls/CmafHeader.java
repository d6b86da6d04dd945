package dev.confetti.gateway.hls;

import dev.confetti.gateway.cmaf.InitSegment;
import dev.confetti.gateway.cmaf.SampleEntry;
import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.PictureSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What a rendition's segments need before them, and what the playlists say of it. Immutable.
 *
 * @param number the sequence number of its first segment, which names it
 * @param bytes the CMAF header
 * @param codec by RFC 6381
 * @param size null for sound, or where the pictures do not say it
 * @param channels of sound; 0 where it is not known
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
record CmafHeader(
        long number, byte[] bytes, String codec, @Nullable PictureSize size, int channels) {
    static CmafHeader of(long number, AvcConfig config) {
        ByteBuf out = Unpooled.buffer(1024);
        InitSegment.write(out, config);
        return new CmafHeader(
                number,
                ByteBufUtil.getBytes(out),
                SampleEntry.codec(config),
                config.pictureSize(),
                0);
    }

    static CmafHeader of(long number, AacConfig config) {
        ByteBuf out = Unpooled.buffer(1024);
        InitSegment.write(out, config);
        return new CmafHeader(
                number,
                ByteBufUtil.getBytes(out),
                SampleEntry.codec(config),
                null,
                SampleEntry.channels(config));
    }
}
