package dev.confetti.demo.rtmp;

/** The server said no, in its own words: trying the same again is of no use. */
public final class RtmpRefusedException extends Exception {
    private final String code;

    RtmpRefusedException(String code, String description) {
        super(description.isEmpty() ? code : code + ": " + description);
        this.code = code;
    }

    /** The status code, such as {@code NetStream.Publish.BadName}. */
    public String code() {
        return code;
    }
}
