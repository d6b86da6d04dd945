package dev.confetti.gateway.flv;

import dev.confetti.gateway.amf.Amf0Writer;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.OpusConfig;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.cue.CuedPicture;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * Writes the bodies of FLV tags, which are the bodies of RTMP's media messages as well: H.264 and
 * AAC as FLV always had them, the newer codecs with the extended header of Enhanced RTMP.
 */
public final class TagBody {
    private static final int AVC_KEY = 0x17;
    private static final int AVC_INTER = 0x27;
    static final int AAC_44K_16BIT_STEREO = 0xaf; // whatever the sound is, E.4.2.1

    /** Key frame and extended header; the packet's type is added. */
    private static final int EX_KEY = 0x90;

    private static final int EX_INTER = 0xa0;
    private static final int EX_AUDIO = 0x90;
    private static final int HEADER_BYTES = 5;
    private static final int CTS_BYTES = 3;

    private TagBody() {}

    public static int type(Frame frame) {
        return switch (frame) {
            case Frame.Video _ -> TagType.VIDEO;
            case Frame.Audio _ -> TagType.AUDIO;
            case Frame.Data _ -> TagType.SCRIPT;
        };
    }

    /** H.265 has a packet type that leaves out a composition time of 0. */
    private static boolean saysCts(Frame.Video frame) {
        return frame.codec() == VideoCodec.HEVC && frame.ctsMs() != 0;
    }

    /** Bytes that {@link #writeVideo} writes. */
    public static int videoBytes(Frame.Video frame, List<StampedCue> cues) {
        return HEADER_BYTES + (saysCts(frame) ? CTS_BYTES : 0) + CuedPicture.bytes(frame, cues);
    }

    /** A picture, with the SEI of its cues before its first slice. */
    public static void writeVideo(ByteBuf out, Frame.Video frame, List<StampedCue> cues) {
        int exFrame = frame.key() ? EX_KEY : EX_INTER;
        switch (frame.codec()) {
            case AVC ->
                    out.writeByte(frame.key() ? AVC_KEY : AVC_INTER)
                            .writeByte(1)
                            .writeMedium(frame.ctsMs());
            case HEVC -> {
                int type = saysCts(frame) ? ExPacket.CODED_FRAMES : ExPacket.VIDEO_CODED_FRAMES_X;
                out.writeByte(exFrame | type).writeInt(FourCc.HEVC);
                if (saysCts(frame)) {
                    out.writeMedium(frame.ctsMs());
                }
            }
            case AV1 -> out.writeByte(exFrame | ExPacket.CODED_FRAMES).writeInt(FourCc.AV1);
        }
        CuedPicture.write(out, frame, cues);
    }

    public static int audioBytes(Frame.Audio frame) {
        int header =
                switch (frame.codec()) {
                    case AAC -> 2;
                    case OPUS -> HEADER_BYTES;
                    case OTHER -> 1;
                };
        return header + frame.payload().readableBytes();
    }

    public static void writeAudio(ByteBuf out, Frame.Audio frame) {
        switch (frame.codec()) {
            case AAC -> out.writeByte(frame.soundFlags()).writeByte(1);
            case OPUS -> out.writeByte(EX_AUDIO | ExPacket.CODED_FRAMES).writeInt(FourCc.OPUS);
            case OTHER -> out.writeByte(frame.soundFlags());
        }
        ByteBuf payload = frame.payload();
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    /** Bytes that {@link #writeVideoConfig} writes. */
    public static int videoConfigBytes(VideoConfig config) {
        return HEADER_BYTES + config.sizeBytes();
    }

    public static void writeVideoConfig(ByteBuf out, VideoConfig config) {
        switch (config.codec()) {
            case AVC -> out.writeByte(AVC_KEY).writeByte(0).writeMedium(0);
            case HEVC -> out.writeByte(EX_KEY | ExPacket.SEQUENCE_START).writeInt(FourCc.HEVC);
            case AV1 -> out.writeByte(EX_KEY | ExPacket.SEQUENCE_START).writeInt(FourCc.AV1);
        }
        config.writeTo(out);
    }

    /** Bytes that {@link #writeAudioConfig} writes. */
    public static int audioConfigBytes(AudioConfig config) {
        return (config.codec() == AudioCodec.AAC ? 2 : HEADER_BYTES) + config.sizeBytes();
    }

    public static void writeAudioConfig(ByteBuf out, AudioConfig config) {
        switch (config) {
            case AacConfig _ -> out.writeByte(AAC_44K_16BIT_STEREO).writeByte(0);
            case OpusConfig _ ->
                    out.writeByte(EX_AUDIO | ExPacket.SEQUENCE_START).writeInt(FourCc.OPUS);
        }
        config.writeTo(out);
    }

    /** A data message in memory of its own, since its length must be known before it is written. */
    public static ByteBuf script(String name, List<AmfValue> values) {
        ByteBuf body = Unpooled.buffer(256);
        Amf0Writer.write(body, AmfValue.of(name));
        Amf0Writer.writeAll(body, values);
        return body;
    }
}
