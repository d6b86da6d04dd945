package dev.confetti.gateway.flv;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.codec.OpusConfig;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.MediaSink;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of audio tags: FLV 10.1, E.4.2, and Enhanced RTMP 2, "Enhanced Audio". */
final class AudioTagReader {
    private static final int SOUND_AAC = 10;
    private static final int SOUND_EX_HEADER = 9;
    private static final int AAC_CONFIG = 0;

    private final MediaSink sink;
    private final GatewayMeters meters;
    private @Nullable AudioConfig current;

    AudioTagReader(MediaSink sink, GatewayMeters meters) {
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
        switch (flags >> 4) {
            case SOUND_EX_HEADER -> extended(timestampMs, flags, body);
            case SOUND_AAC -> {
                if (!body.isReadable()) {
                    throw new MalformedMediaException("AAC tag of 1 byte: expected at least 2");
                }
                if (body.readUnsignedByte() == AAC_CONFIG) {
                    config(AacConfig.read(body));
                } else {
                    packet(AudioCodec.AAC, timestampMs, flags, body);
                }
            }
            default -> send(AudioCodec.OTHER, timestampMs, flags, body);
        }
    }

    private void extended(int timestampMs, int flags, ByteBuf body) {
        ExPacket packet;
        try {
            int type = ExPacket.afterModEx(body, flags & 15);
            packet = ExPacket.read(body, type, ExPacket.AUDIO_MULTITRACK, meters.otherTracks);
        } catch (MalformedMediaException e) {
            meters.unitsMalformed.increment();
            return;
        }
        if (packet == null) {
            return;
        }
        AudioCodec codec =
                switch (packet.fourCc()) {
                    case FourCc.AAC -> AudioCodec.AAC;
                    case FourCc.OPUS -> AudioCodec.OPUS;
                    default ->
                            throw new MalformedMediaException(
                                    "audio codec "
                                            + FourCc.text(packet.fourCc())
                                            + ": expected one of "
                                            + FourCc.AUDIO);
                };
        switch (packet.type()) {
            case ExPacket.SEQUENCE_START ->
                    config(
                            codec == AudioCodec.AAC
                                    ? AacConfig.read(packet.payload())
                                    : OpusConfig.read(packet.payload()));
            case ExPacket.CODED_FRAMES ->
                    packet(
                            codec,
                            timestampMs,
                            codec == AudioCodec.AAC ? TagBody.AAC_44K_16BIT_STEREO : 0,
                            packet.payload());
            // The configurations say the channels as well.
            case ExPacket.SEQUENCE_END, ExPacket.AUDIO_MULTICHANNEL_CONFIG -> {}
            default -> meters.unitsMalformed.increment();
        }
    }

    private void config(AudioConfig config) {
        current = config;
        sink.audioConfig(config);
    }

    /** A packet that nobody could decode for want of a configuration is dropped. */
    private void packet(AudioCodec codec, int timestampMs, int soundFlags, ByteBuf payload) {
        AudioConfig config = current;
        if (config == null || config.codec() != codec) {
            meters.unitsMalformed.increment();
        } else {
            send(codec, timestampMs, soundFlags, payload);
        }
    }

    private void send(AudioCodec codec, int timestampMs, int soundFlags, ByteBuf payload) {
        if (payload.isReadable()) {
            sink.frame(
                    timestampMs,
                    new Frame.Audio(
                            codec, soundFlags, payload.readRetainedSlice(payload.readableBytes())));
        }
    }
}
