package dev.confetti.gateway.hls;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client wants of a stream's HLS output: a file's name and the delivery directives. */
public sealed interface HlsRequest {
    /** {@code index.m3u8}. */
    record Multivariant() implements HlsRequest {}

    /**
     * {@code video.m3u8} or {@code audio.m3u8}.
     *
     * @param msn {@code _HLS_msn}, the segment to wait for; -1 for none
     * @param part {@code _HLS_part}, the part of it to wait for; -1 for the whole segment
     * @param skip whether a delta update will do
     */
    record Playlist(HlsTrack track, long msn, int part, boolean skip) implements HlsRequest {}

    /** A CMAF header. */
    record Init(HlsTrack track, long number) implements HlsRequest {}

    record Segment(HlsTrack track, long msn) implements HlsRequest {}

    record Part(HlsTrack track, long msn, int part) implements HlsRequest {}

    /** Directives that break the rules of RFC 8216bis, 6.2.5. */
    record Malformed(String detail) implements HlsRequest {}

    Pattern FILE =
            Pattern.compile(
                    "(video|audio)(?:(\\.m3u8)|-init-(\\d{1,18})\\.mp4|-(\\d{1,18})(?:\\.(\\d{1,9}))?\\.m4s)");

    /**
     * Reads a request.
     *
     * @param file the last segment of the path
     * @param query without the question mark; directives of others are passed over
     * @return null when no file is called so
     */
    static @Nullable HlsRequest parse(String file, String query) {
        if (file.equals("index.m3u8")) {
            return new Multivariant();
        }
        Matcher name = FILE.matcher(file);
        if (!name.matches()) {
            return null;
        }
        HlsTrack track = name.group(1).equals("video") ? HlsTrack.VIDEO : HlsTrack.AUDIO;
        if (name.group(2) != null) {
            return playlist(track, query);
        }
        if (name.group(3) != null) {
            return new Init(track, Long.parseLong(name.group(3)));
        }
        long msn = Long.parseLong(name.group(4));
        return name.group(5) == null
                ? new Segment(track, msn)
                : new Part(track, msn, Integer.parseInt(name.group(5)));
    }

    private static HlsRequest playlist(HlsTrack track, String query) {
        long msn = -1;
        int part = -1;
        boolean skip = false;
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            switch (name) {
                case "_HLS_msn" -> {
                    if (msn >= 0 || !value.matches("\\d{1,18}")) {
                        return malformed(name, value, "one whole number of at most 18 digits");
                    }
                    msn = Long.parseLong(value);
                }
                case "_HLS_part" -> {
                    if (part >= 0 || !value.matches("\\d{1,9}")) {
                        return malformed(name, value, "one whole number of at most 9 digits");
                    }
                    part = Integer.parseInt(value);
                }
                case "_HLS_skip" -> {
                    if (!value.equals("YES") && !value.equals("v2")) {
                        return malformed(name, value, "YES or v2");
                    }
                    skip = true;
                }
                default -> {
                    // somebody else's, such as a token of a page
                }
            }
        }
        if (part >= 0 && msn < 0) {
            return new Malformed("_HLS_part=" + part + " without _HLS_msn: expected both");
        }
        return new Playlist(track, msn, part, skip);
    }

    private static Malformed malformed(String name, String value, String expected) {
        return new Malformed(
                name
                        + " \""
                        + value.substring(0, Math.min(value.length(), 40))
                        + "\": expected "
                        + expected);
    }
}
