package dev.confetti.gateway.codec;

import java.util.Arrays;

/**
 * A sequence header of AV1, as far as it says size and rate: AV1 Bitstream and Decoding Process
 * Specification, 5.3 and 5.5.
 */
final class Av1SequenceHeader {
    private static final int OBU_SEQUENCE_HEADER = 1;
    private static final int MAX_LEB128_BYTES = 8;

    private final BitReader bits;
    private double framesPerSecond;
    private boolean decoderModel;
    private int delayBits;

    private Av1SequenceHeader(BitReader bits) {
        this.bits = bits;
    }

    /**
     * Reads the format of the pictures from the first sequence header in some OBUs.
     *
     * @throws MalformedMediaException when there is none, or a size points outside
     */
    static PictureFormat read(byte[] obus) {
        int at = 0;
        while (at < obus.length) {
            int type = obus[at] >> 3 & 15;
            boolean extension = (obus[at] & 4) != 0;
            boolean hasSize = (obus[at] & 2) != 0;
            at += extension ? 2 : 1;
            long size = (long) obus.length - at;
            if (hasSize) {
                size = 0;
                for (int i = 0; ; i++) {
                    if (i == MAX_LEB128_BYTES || at >= obus.length) {
                        throw new MalformedMediaException(
                                "AV1 OBU: expected a size of at most "
                                        + MAX_LEB128_BYTES
                                        + " bytes that are there");
                    }
                    int b = obus[at++] & 0xff;
                    size |= (long) (b & 127) << (7 * i);
                    if (b < 128) {
                        break;
                    }
                }
            }
            if (size < 0 || size > obus.length - at) {
                throw new MalformedMediaException(
                        "AV1 OBU of "
                                + size
                                + " bytes: expected at most the "
                                + (obus.length - at)
                                + " that are left");
            }
            if (type == OBU_SEQUENCE_HEADER) {
                byte[] payload = Arrays.copyOfRange(obus, at, at + (int) size);
                return new Av1SequenceHeader(new BitReader(payload, "AV1 sequence header"))
                        .format();
            }
            at += (int) size;
        }
        throw new MalformedMediaException("AV1 configuration: expected a sequence header");
    }

    private PictureFormat format() {
        bits.skip(4);
        boolean reduced = bits.flag();
        if (reduced) {
            bits.skip(5);
        } else {
            if (bits.flag()) {
                timing();
                decoderModel = bits.flag();
                if (decoderModel) {
                    delayBits = bits.take(5) + 1;
                    bits.skip(32 + 5 + 5);
                }
            }
            operatingPoints();
        }
        int widthBits = bits.take(4) + 1;
        int heightBits = bits.take(4) + 1;
        long width = bits.bits(widthBits) + 1;
        long height = bits.bits(heightBits) + 1;
        return PictureFormat.of(width, height).at(framesPerSecond);
    }

    /** Only pictures that are equally far apart have a rate. */
    private void timing() {
        long unitsInTick = bits.bits(32);
        long timeScale = bits.bits(32);
        if (bits.flag()) {
            double ticks = bits.unsignedGolomb() + 1.0;
            framesPerSecond = unitsInTick == 0 ? 0 : timeScale / (unitsInTick * ticks);
        }
    }

    private void operatingPoints() {
        boolean displayDelay = bits.flag();
        int count = bits.take(5) + 1;
        for (int i = 0; i < count; i++) {
            bits.skip(12);
            if (bits.take(5) > 7) {
                bits.skip(1);
            }
            if (decoderModel && bits.flag()) {
                bits.skip(2 * delayBits + 1);
            }
            if (displayDelay && bits.flag()) {
                bits.skip(4);
            }
        }
    }
}
