package dev.confetti.gateway.http;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;

/** Where a request shows its play token: as {@code ?token=}, or else as a bearer (RFC 6750). */
final class PlayToken {
    /** The parameter in a URL's query: players of media cannot set headers. */
    private static final String PARAMETER = "token";

    private static final String BEARER = "Bearer ";

    private PlayToken() {}

    /** The token; empty when the request shows none. */
    static String shownBy(FullHttpRequest request) {
        String target = request.uri();
        if (target.indexOf('?') >= 0) {
            List<String> given = new QueryStringDecoder(target).parameters().get(PARAMETER);
            if (given != null) {
                return given.getFirst();
            }
        }
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : "";
    }
}
