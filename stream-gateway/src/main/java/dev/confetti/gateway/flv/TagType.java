package dev.confetti.gateway.flv;

/** The tag types of FLV, which are the message types of RTMP as well. */
public final class TagType {
    public static final int AUDIO = 8;
    public static final int VIDEO = 9;
    public static final int SCRIPT = 18;

    private TagType() {}
}
