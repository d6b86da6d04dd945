package dev.confetti.gateway.http;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;

/** Where a request shows its play token: as {@code ?token=}, or else as a bearer (RFC 6750). */
final class PlayToken {
    /** The parameter in a URL's query: players of media cannot set headers. */
    private static final String PARAMETER = "token=";

    private static final String BEARER = "Bearer ";

    private PlayToken() {}

    /** The token as it stands there, since nothing in one needs an escape; empty for none. */
    static String shownBy(FullHttpRequest request) {
        String target = request.uri();
        int question = target.indexOf('?');
        if (question >= 0) {
            for (String parameter : target.substring(question + 1).split("&", -1)) {
                if (parameter.startsWith(PARAMETER)) {
                    return parameter.substring(PARAMETER.length());
                }
            }
        }
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : "";
    }
}
