package dev.confetti.gateway.hls;

import dev.confetti.gateway.cmaf.InitSegment;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.PictureFormat;
import dev.confetti.gateway.codec.VideoConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * What a rendition's segments need before them, and what the playlists say of it. Immutable.
 *
 * @param number the sequence number of its first segment, which names it
 * @param bytes the CMAF header
 * @param codec by RFC 6381
 * @param format unknown for sound
 * @param channels of sound; 0 where it is not known
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
record CmafHeader(long number, byte[] bytes, String codec, PictureFormat format, int channels) {
    static CmafHeader of(long number, VideoConfig config) {
        ByteBuf out = Unpooled.buffer(1024);
        InitSegment.write(out, config);
        return new CmafHeader(
                number, ByteBufUtil.getBytes(out), config.codecString(), config.pictureFormat(), 0);
    }

    static CmafHeader of(long number, AudioConfig config) {
        ByteBuf out = Unpooled.buffer(1024);
        InitSegment.write(out, config);
        return new CmafHeader(
                number,
                ByteBufUtil.getBytes(out),
                config.codecString(),
                PictureFormat.UNKNOWN,
                config.channels());
    }
}
