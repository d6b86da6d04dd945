package dev.confetti.bench.media;

/** URLs fit to be shown: a token or a key may stand in the query. */
public final class ShownUrl {
    private ShownUrl() {}

    /** The URL without its query. */
    public static String of(String url) {
        return url.replaceFirst("[?].*", "");
    }
}
