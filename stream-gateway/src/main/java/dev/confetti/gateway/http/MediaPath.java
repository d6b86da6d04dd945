package dev.confetti.gateway.http;

import dev.confetti.gateway.hls.HlsRequest;
import dev.confetti.gateway.operations.StreamOperations;
import dev.confetti.gateway.stream.LiveName;

/** What a request's path asks for. Paths are compared as they come: nothing in them is decoded. */
sealed interface MediaPath {

    /** Something of a live, for whoever may play it. */
    sealed interface OfLive extends MediaPath {
        String liveId();
    }

    record Flv(String liveId) implements OfLive {}

    record Gifts(String liveId) implements OfLive {}

    record Hls(String liveId, HlsRequest request) implements OfLive {}

    record Health() implements MediaPath {}

    record Metrics() implements MediaPath {}

    /**
     * Something for operators, under {@link StreamOperations#PATH}.
     *
     * @param target path and query
     */
    record Operations(String target) implements MediaPath {}

    /** A well-formed path with nothing behind it. */
    record Unknown(String path) implements MediaPath {}

    /** A path that no client of ours makes. */
    record Malformed(String detail) implements MediaPath {}

    String LIVE = "/live/";
    String FLV = ".flv";
    String GIFTS = "/gifts";

    /**
     * Reads a path.
     *
     * @param requestTarget as it stands in the request line
     */
    static MediaPath parse(String requestTarget) {
        String target = withoutAuthority(requestTarget);
        String path = withoutQuery(target);
        if (!path.startsWith("/")) {
            return new Malformed("request target: expected a path that begins with /");
        }
        if (path.indexOf('%') >= 0 || path.indexOf('\\') >= 0 || path.contains("..")) {
            return new Malformed("request path: expected no %, \\ or ..");
        }
        if (path.equals("/actuator/health")) {
            return new Health();
        }
        if (path.equals("/actuator/prometheus")) {
            return new Metrics();
        }
        if (path.equals(StreamOperations.PATH) || path.startsWith(StreamOperations.PATH + "/")) {
            return new Operations(target);
        }
        if (path.startsWith(LIVE)) {
            String rest = path.substring(LIVE.length());
            if (rest.endsWith(FLV) && LiveName.valid(rest.substring(0, rest.length() - 4))) {
                return new Flv(rest.substring(0, rest.length() - FLV.length()));
            }
            if (rest.endsWith(GIFTS)
                    && LiveName.valid(rest.substring(0, rest.length() - GIFTS.length()))) {
                return new Gifts(rest.substring(0, rest.length() - GIFTS.length()));
            }
            int slash = rest.indexOf('/');
            if (slash > 0 && LiveName.valid(rest.substring(0, slash))) {
                HlsRequest request = HlsRequest.parse(rest.substring(slash + 1), query(target));
                if (request != null) {
                    return new Hls(rest.substring(0, slash), request);
                }
            }
        }
        return new Unknown(path);
    }

    /** A proxy may ask with the whole URL. */
    private static String withoutAuthority(String target) {
        int scheme = target.indexOf("://");
        if (scheme < 0 || target.startsWith("/")) {
            return target;
        }
        int slash = target.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : target.substring(slash);
    }

    private static String query(String target) {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    private static String withoutQuery(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }
}
