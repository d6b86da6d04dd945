package dev.confetti.gateway.codec;

/** A sequence parameter set of H.264, as far as it says size and rate: ITU-T H.264, 7.3.2.1.1. */
final class AvcSps {
    private static final int NAL_TYPE = 7;
    private static final int MAX_MACROBLOCKS = PictureFormat.MAX_SIDE_PX / 16;

    private AvcSps() {}

    /**
     * Reads the format of the pictures.
     *
     * @param nalUnit whole, with emulation prevention
     * @throws MalformedMediaException when it is something else, ends too early, or names sizes
     *     that no picture has; the rate alone may be broken
     */
    static PictureFormat read(byte[] nalUnit) {
        if (nalUnit.length < 4 || (nalUnit[0] & 31) != NAL_TYPE) {
            throw new MalformedMediaException(
                    "NAL unit of " + nalUnit.length + " bytes: expected an H.264 SPS");
        }
        BitReader bits = new BitReader(EmulationPrevention.remove(nalUnit, 1), "H.264 SPS");
        int profile = bits.take(8);
        bits.skip(16);
        bits.unsignedGolomb("id", 31);
        int chroma = 1;
        if (hasChromaFormat(profile)) {
            chroma = chromaFormat(bits);
        }
        bits.unsignedGolomb("log2_max_frame_num_minus4", 12);
        pictureOrder(bits);
        bits.unsignedGolomb();
        bits.skip(1);
        long width = 16L * (bits.unsignedGolomb("width in macroblocks", MAX_MACROBLOCKS) + 1);
        int mapUnits = bits.unsignedGolomb("height in map units", MAX_MACROBLOCKS) + 1;
        int fields = bits.flag() ? 1 : 2; // map units are pairs of macroblocks in interlaced video
        if (fields == 2) {
            bits.skip(1);
        }
        bits.skip(1);
        long height = 16L * fields * mapUnits;
        if (bits.flag()) {
            int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
            int unitY = (chroma == 1 ? 2 : 1) * fields;
            width -= unitX * (bits.unsignedGolomb() + bits.unsignedGolomb());
            height -= unitY * (bits.unsignedGolomb() + bits.unsignedGolomb());
        }
        PictureFormat format = PictureFormat.of(width, height);
        try {
            return format.at(bits.flag() ? rate(bits) : 0);
        } catch (MalformedMediaException e) {
            return format;
        }
    }

    private static boolean hasChromaFormat(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    /** ChromaArrayType: 0 for monochrome and for planes that are coded apart. */
    private static int chromaFormat(BitReader bits) {
        int chroma = bits.unsignedGolomb("chroma_format_idc", 3);
        boolean separate = chroma == 3 && bits.flag();
        bits.skipGolomb(2);
        bits.skip(1);
        if (bits.flag()) {
            for (int i = 0; i < (chroma == 3 ? 12 : 8); i++) {
                if (bits.flag()) {
                    scalingList(bits, i < 6 ? 16 : 64);
                }
            }
        }
        return separate ? 0 : chroma;
    }

    /** The list ends early where the next scale comes to 0 (7.3.2.1.1.1). */
    private static void scalingList(BitReader bits, int size) {
        long scale = 8;
        for (int i = 0; i < size; i++) {
            long code = bits.unsignedGolomb();
            long delta = (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
            scale = (scale + delta) & 0xff;
            if (scale == 0) {
                return;
            }
        }
    }

    private static void pictureOrder(BitReader bits) {
        int type = bits.unsignedGolomb("pic_order_cnt_type", 2);
        if (type == 0) {
            bits.skipGolomb(1);
        } else if (type == 1) {
            bits.skip(1);
            bits.skipGolomb(2);
            bits.skipGolomb(bits.unsignedGolomb("num_ref_frames_in_pic_order_cnt_cycle", 255));
        }
    }

    /** From the video usability information (E.1.1); 0 when it says none. */
    private static double rate(BitReader bits) {
        VideoUsability.skipDisplay(bits);
        if (!bits.flag()) {
            return 0;
        }
        long unitsInTick = bits.bits(32);
        long timeScale = bits.bits(32);
        return unitsInTick == 0 ? 0 : timeScale / (2.0 * unitsInTick); // a tick is a field
    }
}
