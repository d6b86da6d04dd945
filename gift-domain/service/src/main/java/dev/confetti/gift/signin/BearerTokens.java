package dev.confetti.gift.signin;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * Reads the token from the {@code Authorization} header, its only place (RFC 6750, section 2.1).
 *
 * <p>By hand, since Spring's regular expression over a token of some hundred characters costs as
 * much as the rest of what a request is checked for.
 */
public final class BearerTokens implements BearerTokenResolver {
    private static final String SCHEME = "Bearer ";

    /**
     * The token; null when there is no bearer authorization.
     *
     * @throws InvalidBearerTokenException when it is not of the characters that section 2.1 allows
     */
    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String token = header.substring(SCHEME.length());
        if (!isToken(token)) {
            throw new InvalidBearerTokenException("characters that no token has");
        }
        return token;
    }

    /** {@code b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="}. */
    private static boolean isToken(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-._~+/".indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return end > 0;
    }
}
