package dev.confetti.demo.flv;

/**
 * One FLV tag: a video or audio packet, or script data.
 *
 * @param type {@link #AUDIO}, {@link #VIDEO} or {@link #SCRIPT}
 * @param timestampMs decoding time, 0 to 2^32-1
 * @param bodyBytes the length of the body, also when a reader did not keep it
 * @param body the bytes after the tag header; empty when a reader did not keep them; not copied,
 *     not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
public record FlvTag(int type, long timestampMs, int bodyBytes, byte[] body) {
    public static final int AUDIO = 8;
    public static final int VIDEO = 9;
    public static final int SCRIPT = 18;

    private static final int CODEC_AVC = 7;
    private static final int FORMAT_AAC = 10;

    public FlvTag(int type, long timestampMs, byte[] body) {
        this(type, timestampMs, body.length, body);
    }

    /** Whether this is the decoder's configuration (AVC or AAC), which has no time of its own. */
    public boolean isSequenceHeader() {
        return body.length >= 2 && body[1] == 0 && (isAvc() || isAac());
    }

    /** Whether decoding can begin at this tag. */
    public boolean isKeyFrame() {
        return isAvc() && body[1] == 1 && (body[0] >> 4 & 0x0f) == 1;
    }

    /** Whether this is an AVC picture: its body holds NAL units after five bytes of header. */
    public boolean isAvcPicture() {
        return isAvc() && body.length >= 5 && body[1] == 1;
    }

    private boolean isAvc() {
        return type == VIDEO && body.length >= 2 && (body[0] & 0x0f) == CODEC_AVC;
    }

    private boolean isAac() {
        return type == AUDIO && body.length >= 2 && (body[0] >> 4 & 0x0f) == FORMAT_AAC;
    }
}
