package dev.confetti.gateway.codec;

import org.jspecify.annotations.Nullable;

/**
 * How big the pictures of an H.264 track are, as its sequence parameter set says: ITU-T H.264,
 * 7.3.2.1.1 and the cropping of 7.4.2.1.1.
 *
 * @param width in luma samples after cropping, 1 to 65,535
 * @param height likewise
 */
public record PictureSize(int width, int height) {
    private static final int MAX_SIDE = 65_535;
    private static final int MAX_REFERENCE_CYCLE = 255;

    /**
     * Reads a sequence parameter set.
     *
     * @param nalUnit with emulation prevention, without start code or length
     * @return null where it is cut short or says what cannot be; the pictures may still be playable
     */
    static @Nullable PictureSize read(byte[] nalUnit) {
        try {
            return read(new BitReader(nalUnit));
        } catch (MalformedMediaException e) {
            return null;
        }
    }

    private static @Nullable PictureSize read(BitReader in) {
        in.skip(8); // NAL unit header
        int profile = in.bits(8);
        in.skip(16); // constraints and level
        in.exponential(); // seq_parameter_set_id
        int chromaFormat = 1;
        if (hasChromaFormat(profile)) {
            chromaFormat = in.exponential();
            boolean separatePlanes = chromaFormat == 3 && in.bits(1) == 1;
            in.exponential(); // bit depths
            in.exponential();
            in.skip(1); // lossless transform bypass
            if (in.bits(1) == 1) {
                scalingMatrices(in, chromaFormat == 3 ? 12 : 8);
            }
            chromaFormat = separatePlanes ? 0 : chromaFormat;
        }
        in.exponential(); // log2_max_frame_num
        pictureOrder(in);
        in.exponential(); // max_num_ref_frames
        in.skip(1); // gaps in frame numbers
        long widthMbs = in.exponential() + 1L;
        long heightUnits = in.exponential() + 1L;
        int framesOnly = in.bits(1);
        if (framesOnly == 0) {
            in.skip(1); // macroblock-adaptive frames
        }
        in.skip(1); // direct_8x8_inference
        long width = widthMbs * 16;
        long height = heightUnits * 16 * (2 - framesOnly);
        if (in.bits(1) == 1) {
            long unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1;
            long unitY = (chromaFormat == 1 ? 2 : 1) * (2L - framesOnly);
            width -= unitX * ((long) in.exponential() + in.exponential());
            height -= unitY * ((long) in.exponential() + in.exponential());
        }
        boolean possible = width > 0 && width <= MAX_SIDE && height > 0 && height <= MAX_SIDE;
        return possible ? new PictureSize((int) width, (int) height) : null;
    }

    private static boolean hasChromaFormat(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void scalingMatrices(BitReader in, int lists) {
        for (int list = 0; list < lists; list++) {
            if (in.bits(1) == 0) {
                continue;
            }
            int last = 8;
            int next = 8;
            for (int i = 0; i < (list < 6 ? 16 : 64) && next != 0; i++) {
                next = (last + in.signedExponential() + 256) & 255;
                last = next == 0 ? last : next;
            }
        }
    }

    private static void pictureOrder(BitReader in) {
        int type = in.exponential();
        if (type == 0) {
            in.exponential();
        } else if (type == 1) {
            in.skip(1);
            in.signedExponential();
            in.signedExponential();
            int cycle = in.exponential();
            if (cycle > MAX_REFERENCE_CYCLE) {
                throw new MalformedMediaException(
                        "reference frames in a cycle "
                                + cycle
                                + ": expected at most "
                                + MAX_REFERENCE_CYCLE);
            }
            for (int i = 0; i < cycle; i++) {
                in.signedExponential();
            }
        }
    }
}
