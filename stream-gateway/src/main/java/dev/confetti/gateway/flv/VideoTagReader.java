package dev.confetti.gateway.flv;

import dev.confetti.gateway.codec.Av1Config;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.HevcConfig;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.codec.NalUnits;
import dev.confetti.gateway.codec.Obus;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.MediaSink;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of video tags: FLV 10.1, E.4.3, and Enhanced RTMP 2, "Enhanced Video". */
final class VideoTagReader {
    private static final int EX_HEADER = 0x80;
    private static final int CODEC_AVC = 7;

    /** Not in any specification, but what encoders wrote before Enhanced RTMP. */
    private static final int CODEC_HEVC = 12;

    private static final int FRAME_KEY = 1;
    private static final int FRAME_COMMAND = 5;
    private static final int CONFIG = 0;
    private static final int NAL_UNITS = 1;

    private final MediaSink sink;
    private final GatewayMeters meters;
    private @Nullable VideoConfig current;

    VideoTagReader(MediaSink sink, GatewayMeters meters) {
        this.sink = sink;
        this.meters = meters;
    }

    /**
     * Reads one tag body.
     *
     * @throws MalformedMediaException when nothing after it could be played
     */
    void read(int timestampMs, ByteBuf body) {
        int flags = body.readUnsignedByte();
        if ((flags & EX_HEADER) == 0) {
            plain(timestampMs, flags, body);
        } else {
            extended(timestampMs, flags, body);
        }
    }

    private void plain(int timestampMs, int flags, ByteBuf body) {
        int frameType = flags >> 4;
        if (frameType == FRAME_COMMAND) {
            return;
        }
        VideoCodec codec =
                switch (flags & 15) {
                    case CODEC_AVC -> VideoCodec.AVC;
                    case CODEC_HEVC -> VideoCodec.HEVC;
                    default ->
                            throw new MalformedMediaException(
                                    "video codec "
                                            + (flags & 15)
                                            + ": expected 7 (H.264), 12 (H.265) or a FourCC of "
                                            + FourCc.VIDEO);
                };
        if (body.readableBytes() < 4) {
            throw new MalformedMediaException(
                    "video tag of " + (1 + body.readableBytes()) + " bytes: expected at least 5");
        }
        int packetType = body.readUnsignedByte();
        int ctsMs = body.readMedium();
        if (packetType == CONFIG) {
            config(codec, body);
        } else if (packetType == NAL_UNITS) {
            picture(codec, timestampMs, ctsMs, frameType == FRAME_KEY, body);
        }
    }

    private void extended(int timestampMs, int flags, ByteBuf body) {
        int frameType = flags >> 4 & 7;
        ExPacket packet;
        try {
            int type = ExPacket.afterModEx(body, flags & 15);
            // Metadata is HDR's colour volume; who needs it finds it in the pictures as well.
            if (type == ExPacket.VIDEO_METADATA || frameType == FRAME_COMMAND) {
                return;
            }
            packet = ExPacket.read(body, type, ExPacket.VIDEO_MULTITRACK, meters.otherTracks);
        } catch (MalformedMediaException e) {
            meters.unitsMalformed.increment();
            return;
        }
        if (packet != null && packet.type() != ExPacket.VIDEO_METADATA) {
            packet(packet, timestampMs, frameType == FRAME_KEY);
        }
    }

    private void packet(ExPacket packet, int timestampMs, boolean key) {
        VideoCodec codec =
                switch (packet.fourCc()) {
                    case FourCc.AVC -> VideoCodec.AVC;
                    case FourCc.HEVC -> VideoCodec.HEVC;
                    case FourCc.AV1 -> VideoCodec.AV1;
                    default ->
                            throw new MalformedMediaException(
                                    "video codec "
                                            + FourCc.text(packet.fourCc())
                                            + ": expected one of "
                                            + FourCc.VIDEO);
                };
        ByteBuf payload = packet.payload();
        switch (packet.type()) {
            case ExPacket.SEQUENCE_START -> config(codec, payload);
            case ExPacket.CODED_FRAMES -> {
                if (codec == VideoCodec.AV1) {
                    picture(codec, timestampMs, 0, key, payload);
                } else if (payload.readableBytes() < 3) {
                    meters.unitsMalformed.increment();
                } else {
                    int ctsMs = payload.readMedium();
                    picture(codec, timestampMs, ctsMs, key, payload);
                }
            }
            case ExPacket.VIDEO_CODED_FRAMES_X -> picture(codec, timestampMs, 0, key, payload);
            case ExPacket.SEQUENCE_END -> {} // the stream goes on until its publisher goes
            case ExPacket.VIDEO_MPEG2_TS_SEQUENCE_START ->
                    throw new MalformedMediaException(
                            "AV1 in the form of MPEG-2 TS: expected packet type 0 (SequenceStart)");
            default -> meters.unitsMalformed.increment();
        }
    }

    /** Parameter sets may have SEI among them, which players get as if it came with pictures. */
    private void config(VideoCodec codec, ByteBuf body) {
        if (NalUnits.names(body, StampedCue.SEI_UUID)) {
            throw new MalformedMediaException(
                    codec + " configuration with a gift in it: expected gifts from here alone");
        }
        VideoConfig config =
                switch (codec) {
                    case AVC -> AvcConfig.read(body);
                    case HEVC -> HevcConfig.read(body);
                    case AV1 -> Av1Config.read(body);
                };
        current = config;
        sink.videoConfig(config);
    }

    private void picture(
            VideoCodec codec, int timestampMs, int ctsMs, boolean key, ByteBuf payload) {
        VideoConfig config = current;
        if (config == null || config.codec() != codec) {
            throw new MalformedMediaException(
                    codec + " picture before its configuration: expected a sequence header first");
        }
        if (codec == VideoCodec.AV1) {
            Obus.skipTemporalDelimiters(payload);
        }
        if (!payload.isReadable()) {
            return;
        }
        if (codec == VideoCodec.AV1) {
            ByteBuf obus = payload.readRetainedSlice(payload.readableBytes());
            sink.frame(timestampMs, new Frame.Video(codec, ctsMs, key, obus, 0, -1));
            return;
        }
        NalUnits.Scrubbed unit;
        try {
            unit = NalUnits.scrub(payload, codec, config.nalLengthBytes(), StampedCue.SEI_UUID);
        } catch (MalformedMediaException e) {
            meters.unitsMalformed.increment();
            return;
        }
        sink.frame(
                timestampMs,
                new Frame.Video(
                        codec,
                        ctsMs,
                        key,
                        unit.payload(),
                        config.nalLengthBytes(),
                        unit.firstSliceOffset()));
    }
}
