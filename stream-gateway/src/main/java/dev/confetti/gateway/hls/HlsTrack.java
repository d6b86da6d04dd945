package dev.confetti.gateway.hls;

/** The renditions of a stream: one track each, named in their addresses. */
public enum HlsTrack {
    VIDEO("video"),
    AUDIO("audio");

    private final String label;

    HlsTrack(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    String contentType() {
        return label + "/mp4";
    }

    String playlist() {
        return label + ".m3u8";
    }

    String init(long number) {
        return label + "-init-" + number + ".mp4";
    }

    String segment(long msn) {
        return label + "-" + msn + ".m4s";
    }

    String part(long msn, int part) {
        return label + "-" + msn + "." + part + ".m4s";
    }
}
