package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The configuration of an AAC track: AudioSpecificConfig, ISO/IEC 14496-3, 1.6.2.1. Immutable. */
public final class AacConfig implements AudioConfig {
    /** Real ones have 2 to 5 bytes; a program configuration element may add some tens. */
    static final int MAX_CONFIG_BYTES = 512;

    private static final int[] SAMPLE_RATES_HZ = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025,
        8_000, 7_350
    };
    private static final int EXPLICIT_RATE = 15;

    /** By channel configuration (table 1.19); what is reserved counts as described elsewhere. */
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 0, 8, 0};

    private final byte[] config;
    private final int objectType;
    private final int sampleRateHz;
    private final int channels;

    private AacConfig(byte[] config, int objectType, int sampleRateHz, int channels) {
        this.config = config;
        this.objectType = objectType;
        this.sampleRateHz = sampleRateHz;
        this.channels = channels;
    }

    /**
     * Reads a whole configuration.
     *
     * @throws MalformedMediaException when it is cut short or names a rate that does not exist
     */
    public static AacConfig read(ByteBuf in) {
        byte[] bytes = ByteBufUtil.getBytes(in);
        if (bytes.length < 2 || bytes.length > MAX_CONFIG_BYTES) {
            throw new MalformedMediaException(
                    "AAC configuration of "
                            + bytes.length
                            + " bytes: expected 2 to "
                            + MAX_CONFIG_BYTES);
        }
        BitReader bits = new BitReader(bytes, "AAC configuration");
        int objectType = bits.take(5);
        if (objectType == 31) {
            objectType = 32 + bits.take(6);
        }
        int rateIndex = bits.take(4);
        int rate;
        if (rateIndex == EXPLICIT_RATE) {
            rate = bits.take(24);
            if (rate == 0) {
                throw new MalformedMediaException("AAC sample rate 0: expected 1 or more");
            }
        } else if (rateIndex < SAMPLE_RATES_HZ.length) {
            rate = SAMPLE_RATES_HZ[rateIndex];
        } else {
            throw new MalformedMediaException(
                    "AAC sample rate index " + rateIndex + ": expected 0 to 12 or 15");
        }
        return new AacConfig(bytes, objectType, rate, CHANNELS[bits.take(4)]);
    }

    @Override
    public AudioCodec codec() {
        return AudioCodec.AAC;
    }

    /** RFC 6381, 3.3, such as {@code mp4a.40.2}. */
    @Override
    public String codecString() {
        return "mp4a.40." + objectType;
    }

    /** 2 is AAC-LC. */
    public int objectType() {
        return objectType;
    }

    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int sizeBytes() {
        return config.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AacConfig aac && Arrays.equals(config, aac.config);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(config);
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeBytes(config);
    }
}
