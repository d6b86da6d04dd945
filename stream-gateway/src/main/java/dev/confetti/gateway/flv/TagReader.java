package dev.confetti.gateway.flv;

import dev.confetti.gateway.amf.Amf0Reader;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.amf.MalformedAmfException;
import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.codec.NalUnits;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.MediaSink;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of one publisher's FLV tags into frames: Adobe FLV 10.1, E.4.
 *
 * <p>Cues that a publisher forges end here: SEI with our UUID and data messages called {@code
 * onGift} do not come out.
 */
public final class TagReader {
    private static final int CODEC_AVC = 7;
    private static final int ENHANCED = 0x80;
    private static final int FRAME_KEY = 1;
    private static final int FRAME_COMMAND = 5;
    private static final int AVC_CONFIG = 0;
    private static final int AVC_NAL_UNITS = 1;
    private static final int SOUND_AAC = 10;
    private static final int SOUND_ENHANCED = 9;

    private final MediaSink sink;
    private @Nullable AvcConfig video;
    private final LongAdder malformed;
    private long forgedCues;

    /**
     * @param malformed counts pictures and data messages that were dropped because they break their
     *     format
     */
    public TagReader(MediaSink sink, LongAdder malformed) {
        this.sink = sink;
        this.malformed = malformed;
    }

    /** Data messages with a cue's name that were dropped. */
    public long forgedCues() {
        return forgedCues;
    }

    /**
     * Reads one tag body.
     *
     * @param body not released
     * @throws MalformedMediaException when nothing after it could be played: a broken
     *     configuration, or a codec that is not carried
     */
    public void read(int tagType, int timestampMs, ByteBuf body) {
        if (!body.isReadable()) {
            return; // some encoders send empty tags as keep-alives
        }
        switch (tagType) {
            case TagType.VIDEO -> video(timestampMs, body);
            case TagType.AUDIO -> audio(timestampMs, body);
            case TagType.SCRIPT -> script(timestampMs, body);
            default ->
                    throw new MalformedMediaException(
                            "FLV tag type " + tagType + ": expected 8, 9 or 18");
        }
    }

    private void video(int timestampMs, ByteBuf body) {
        int flags = body.readUnsignedByte();
        if ((flags & ENHANCED) != 0) {
            throw new MalformedMediaException(
                    "video in Enhanced RTMP (HEVC, AV1 or VP9): expected H.264; choose x264 or another"
                            + " H.264 encoder");
        }
        int frameType = flags >> 4;
        if (frameType == FRAME_COMMAND) {
            return;
        }
        if ((flags & 15) != CODEC_AVC) {
            throw new MalformedMediaException(
                    "video codec " + (flags & 15) + ": expected 7 (H.264)");
        }
        if (body.readableBytes() < 4) {
            throw new MalformedMediaException("video tag of less than 5 bytes");
        }
        int packetType = body.readUnsignedByte();
        int ctsMs = body.readMedium();
        if (packetType == AVC_CONFIG) {
            AvcConfig config = AvcConfig.read(body);
            video = config;
            sink.videoConfig(config);
        } else if (packetType == AVC_NAL_UNITS && body.isReadable()) {
            AvcConfig config = video;
            if (config == null) {
                throw new MalformedMediaException(
                        "H.264 picture before its configuration: expected an AVC sequence header first");
            }
            NalUnits.Scrubbed unit;
            try {
                unit = NalUnits.scrub(body, config.nalLengthBytes(), StampedCue.SEI_UUID);
            } catch (MalformedMediaException e) {
                malformed.increment();
                return;
            }
            sink.frame(
                    timestampMs,
                    new Frame.Video(
                            VideoCodec.AVC,
                            ctsMs,
                            frameType == FRAME_KEY,
                            unit.payload(),
                            config.nalLengthBytes(),
                            unit.firstSliceOffset()));
        }
    }

    private void audio(int timestampMs, ByteBuf body) {
        int flags = body.readUnsignedByte();
        int format = flags >> 4;
        if (format == SOUND_ENHANCED) {
            throw new MalformedMediaException(
                    "audio in Enhanced RTMP (Opus, FLAC or AC-3): expected AAC");
        }
        if (format == SOUND_AAC) {
            if (!body.isReadable()) {
                throw new MalformedMediaException("AAC tag of 1 byte: expected at least 2");
            }
            if (body.readUnsignedByte() == 0) {
                sink.audioConfig(AacConfig.read(body));
                return;
            }
        }
        if (body.isReadable()) {
            sink.frame(
                    timestampMs,
                    new Frame.Audio(
                            format == SOUND_AAC ? AudioCodec.AAC : AudioCodec.OTHER,
                            flags,
                            body.readRetainedSlice(body.readableBytes())));
        }
    }

    private void script(int timestampMs, ByteBuf body) {
        int bytes = body.readableBytes();
        List<AmfValue> values;
        try {
            values = Amf0Reader.readAll(body);
        } catch (MalformedAmfException e) {
            malformed.increment();
            return;
        }
        int first = text(values, 0).equals("@setDataFrame") ? 1 : 0;
        String name = text(values, first);
        List<AmfValue> arguments =
                values.subList(Math.min(first + 1, values.size()), values.size());
        if (name.equals(StampedCue.AMF_NAME)) {
            forgedCues++;
        } else if (name.equals("onMetaData")) {
            if (!arguments.isEmpty()) {
                sink.metadata(arguments.getFirst());
            }
        } else if (!name.isEmpty() && !name.equals("@clearDataFrame")) {
            sink.frame(timestampMs, new Frame.Data(name, arguments, bytes));
        }
    }

    private static String text(List<AmfValue> values, int index) {
        return index < values.size() && values.get(index) instanceof AmfValue.Text(String text)
                ? text
                : "";
    }
}
