package dev.confetti.gateway.flv;

import dev.confetti.gateway.amf.Amf0Writer;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.cue.CuedPicture;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Writes the bodies of FLV tags, which are the bodies of RTMP's media messages as well. */
public final class TagBody {
    private static final int AVC_KEY = 0x17;
    private static final int AVC_INTER = 0x27;
    private static final int AAC_44K_16BIT_STEREO = 0xaf;
    private static final int VIDEO_HEADER_BYTES = 5;

    private TagBody() {}

    public static int type(Frame frame) {
        return switch (frame) {
            case Frame.Video _ -> TagType.VIDEO;
            case Frame.Audio _ -> TagType.AUDIO;
            case Frame.Data _ -> TagType.SCRIPT;
        };
    }

    /** Bytes that {@link #writeVideo} writes. */
    public static int videoBytes(Frame.Video frame, List<StampedCue> cues) {
        return VIDEO_HEADER_BYTES + CuedPicture.sizeBytes(frame, cues);
    }

    /** A picture, with the SEI of its cues before its first slice. */
    public static void writeVideo(ByteBuf out, Frame.Video frame, List<StampedCue> cues) {
        out.writeByte(frame.key() ? AVC_KEY : AVC_INTER).writeByte(1).writeMedium(frame.ctsMs());
        CuedPicture.write(out, frame, cues);
    }

    public static int audioBytes(Frame.Audio frame) {
        return (frame.aac() ? 2 : 1) + frame.payload().readableBytes();
    }

    public static void writeAudio(ByteBuf out, Frame.Audio frame) {
        out.writeByte(frame.soundFlags());
        if (frame.aac()) {
            out.writeByte(1);
        }
        ByteBuf payload = frame.payload();
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    public static void writeVideoConfig(ByteBuf out, AvcConfig config) {
        out.writeByte(AVC_KEY).writeByte(0).writeMedium(0);
        config.writeTo(out);
    }

    public static void writeAudioConfig(ByteBuf out, AacConfig config) {
        out.writeByte(AAC_44K_16BIT_STEREO).writeByte(0);
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
