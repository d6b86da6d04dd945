package dev.confetti.board.api;

import dev.confetti.board.view.BoardQuery;
import dev.confetti.events.PersonId;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Who may see a member that is hidden: the member, and staff. Boards need no token otherwise; one
 * that is not valid, or that nobody here can check, counts as none.
 */
public final class BoardCallers {
    private static final Logger LOG = LoggerFactory.getLogger(BoardCallers.class);
    private static final String BEARER = "bearer ";
    private static final Set<String> STAFF = Set.of("finance", "admin");

    private final @Nullable JwtDecoder decoder;

    /**
     * @param decoder null where no tokens are taken
     */
    public BoardCallers(@Nullable JwtDecoder decoder) {
        this.decoder = decoder;
    }

    /** The query as the bearer of a token may ask it. */
    BoardQuery allowed(BoardQuery query, @Nullable String authorization) {
        String member = query.around();
        return member != null && authorization != null && maySee(member, authorization)
                ? query.seeingHidden()
                : query;
    }

    private boolean maySee(String member, String authorization) {
        if (decoder == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        try {
            Jwt token = decoder.decode(authorization.substring(BEARER.length()).strip());
            String subject = token.getSubject();
            return (subject != null && PersonId.of(subject).equals(member))
                    || (token.getClaims().get("roles") instanceof Collection<?> roles
                            && roles.stream().anyMatch(STAFF::contains));
        } catch (JwtException | JwtDecoderInitializationException e) {
            LOG.debug("a token that is not valid counts as none: {}", e.getMessage());
            return false;
        }
    }
}
