package dev.confetti.gateway.codec;

/**
 * What a track says of its pictures.
 *
 * @param widthPx of what is shown, without what is cropped; 0 when not known
 * @param heightPx likewise
 * @param framesPerSecond as the encoder announces it, which need not be true; 0 when not known
 */
public record PictureFormat(int widthPx, int heightPx, double framesPerSecond) {
    /** Neither the size nor the rate is known. */
    public static final PictureFormat UNKNOWN = new PictureFormat(0, 0, 0);

    /** Twice the largest side of any level of H.264, H.265 and AV1; more is a broken header. */
    static final int MAX_SIDE_PX = 32_768;

    private static final double MAX_FRAMES_PER_SECOND = 1000;

    /**
     * @throws MalformedMediaException when a side is outside 1 to {@value #MAX_SIDE_PX}
     */
    static PictureFormat of(long widthPx, long heightPx) {
        if (widthPx < 1 || widthPx > MAX_SIDE_PX || heightPx < 1 || heightPx > MAX_SIDE_PX) {
            throw new MalformedMediaException(
                    "pictures of "
                            + widthPx
                            + " × "
                            + heightPx
                            + " pixels: expected 1 to "
                            + MAX_SIDE_PX
                            + " each");
        }
        return new PictureFormat((int) widthPx, (int) heightPx, 0);
    }

    /** The same with a rate; as it is when the rate makes no sense. */
    PictureFormat at(double rate) {
        return rate > 0 && rate <= MAX_FRAMES_PER_SECOND
                ? new PictureFormat(widthPx, heightPx, rate)
                : this;
    }
}
