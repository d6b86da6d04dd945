package dev.confetti.gateway.codec;

/** A sequence parameter set of H.265, as far as it says size and rate: ITU-T H.265, 7.3.2.2.1. */
final class HevcSps {
    static final int NAL_TYPE = 33;

    private static final int HEADER_BYTES = 2;
    private static final int PROFILE_BITS = 88;
    private static final int LEVEL_BITS = 8;
    private static final int MAX_SHORT_TERM_SETS = 64;
    private static final int MAX_PICTURES = 16;

    private HevcSps() {}

    /**
     * Reads the format of the pictures.
     *
     * @param nalUnit whole, with emulation prevention
     * @throws MalformedMediaException when it is something else, ends too early, or names sizes
     *     that no picture has; the rate alone may be broken
     */
    static PictureFormat read(byte[] nalUnit) {
        if (nalUnit.length < HEADER_BYTES + 1 || (nalUnit[0] >> 1 & 63) != NAL_TYPE) {
            throw new MalformedMediaException(
                    "NAL unit of " + nalUnit.length + " bytes: expected an H.265 SPS");
        }
        BitReader bits =
                new BitReader(EmulationPrevention.remove(nalUnit, HEADER_BYTES), "H.265 SPS");
        bits.skip(4);
        int subLayers = bits.take(3);
        bits.skip(1);
        profileTierLevel(bits, subLayers);
        bits.unsignedGolomb("id", 15);
        int chroma = bits.unsignedGolomb("chroma_format_idc", 3);
        boolean separate = chroma == 3 && bits.flag();
        long width = bits.unsignedGolomb("width", PictureFormat.MAX_SIDE_PX);
        long height = bits.unsignedGolomb("height", PictureFormat.MAX_SIDE_PX);
        if (bits.flag()) {
            int unitX = !separate && (chroma == 1 || chroma == 2) ? 2 : 1;
            int unitY = chroma == 1 ? 2 : 1;
            width -= unitX * (bits.unsignedGolomb() + bits.unsignedGolomb());
            height -= unitY * (bits.unsignedGolomb() + bits.unsignedGolomb());
        }
        PictureFormat format = PictureFormat.of(width, height);
        try {
            return format.at(rate(bits, subLayers));
        } catch (MalformedMediaException e) {
            return format;
        }
    }

    private static void profileTierLevel(BitReader bits, int subLayers) {
        bits.skip(PROFILE_BITS + LEVEL_BITS);
        if (subLayers == 0) {
            return;
        }
        int present = bits.take(16); // two flags for each of eight, the unused ones are reserved
        for (int i = 0; i < subLayers; i++) {
            bits.skip((present >> (15 - 2 * i) & 1) == 1 ? PROFILE_BITS : 0);
            bits.skip((present >> (14 - 2 * i) & 1) == 1 ? LEVEL_BITS : 0);
        }
    }

    private static double rate(BitReader bits, int subLayers) {
        bits.skipGolomb(2);
        int pictureOrderBits = bits.unsignedGolomb("log2_max_pic_order_cnt_lsb_minus4", 12) + 4;
        bits.skipGolomb(3 * (bits.flag() ? subLayers + 1 : 1));
        bits.skipGolomb(6);
        boolean scaling = bits.flag();
        if (scaling && bits.flag()) {
            scalingLists(bits);
        }
        bits.skip(2);
        if (bits.flag()) { // PCM
            bits.skip(8);
            bits.skipGolomb(2);
            bits.skip(1);
        }
        shortTermSets(bits);
        if (bits.flag()) {
            int count = bits.unsignedGolomb("num_long_term_ref_pics_sps", 32);
            bits.skip(count * (pictureOrderBits + 1));
        }
        bits.skip(2);
        return bits.flag() ? usabilityRate(bits) : 0;
    }

    /** 7.3.4. */
    private static void scalingLists(BitReader bits) {
        for (int size = 0; size < 4; size++) {
            for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
                if (!bits.flag()) {
                    bits.skipGolomb(1);
                } else {
                    bits.skipGolomb(Math.min(64, 1 << (4 + 2 * size)) + (size > 1 ? 1 : 0));
                }
            }
        }
    }

    /**
     * 7.3.7: a set may be said as the difference to the one before it, whose length counts then.
     */
    private static void shortTermSets(BitReader bits) {
        int sets = bits.unsignedGolomb("num_short_term_ref_pic_sets", MAX_SHORT_TERM_SETS);
        int pictures = 0;
        for (int set = 0; set < sets; set++) {
            if (set > 0 && bits.flag()) {
                bits.skip(1);
                bits.skipGolomb(1);
                int kept = 0;
                for (int i = 0; i <= pictures; i++) {
                    boolean used = bits.flag();
                    kept += used || bits.flag() ? 1 : 0;
                }
                pictures = Math.min(kept, MAX_PICTURES);
            } else {
                int before = bits.unsignedGolomb("num_negative_pics", MAX_PICTURES);
                int after = bits.unsignedGolomb("num_positive_pics", MAX_PICTURES);
                pictures = before + after;
                for (int i = 0; i < pictures; i++) {
                    bits.skipGolomb(1);
                    bits.skip(1);
                }
            }
        }
    }

    /** From the video usability information (E.2.1); 0 when it says none. */
    private static double usabilityRate(BitReader bits) {
        VideoUsability.skipDisplay(bits);
        bits.skip(3);
        if (bits.flag()) {
            bits.skipGolomb(4);
        }
        if (!bits.flag()) {
            return 0;
        }
        long unitsInTick = bits.bits(32);
        long timeScale = bits.bits(32);
        return unitsInTick == 0 ? 0 : (double) timeScale / unitsInTick;
    }
}
