package dev.confetti.ledger.finance;

import dev.confetti.ledger.access.Access;
import dev.confetti.ledger.access.AccessLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has every request of a person written down before the first byte of its answer leaves, also of
 * one that is refused. What cannot be written is not answered: nobody reads unseen. A streamed
 * answer is written down when it begins, with the status that it began with.
 */
final class AccessFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
    private static final String ROLE = "ROLE_";

    private final AccessLog log;
    private final JsonMapper json;

    AccessFilter(AccessLog log, JsonMapper json) {
        this.log = log;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (!(caller instanceof JwtAuthenticationToken person)) {
            chain.doFilter(request, response);
            return;
        }
        LoggedResponse logged =
                new LoggedResponse(response, status -> write(request, person, status));
        try {
            chain.doFilter(request, logged);
            logged.end();
        } catch (IOException | ServletException | RuntimeException e) {
            if (!logged.isRefused() && logged.failed()) {
                throw e;
            }
            LOG.debug("an answer that could not be written down was not given", e);
        }
        if (logged.isRefused() && !response.isCommitted()) {
            response.reset();
            FinanceSecurity.write(
                    response,
                    json,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "access-not-logged",
                    "the log of accesses cannot be written now, and nothing is answered without it:"
                            + " try again");
            response.flushBuffer();
        }
    }

    private boolean write(HttpServletRequest request, JwtAuthenticationToken person, int status) {
        List<String> roles =
                person.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .filter(authority -> authority != null && authority.startsWith(ROLE))
                        .map(authority -> authority.substring(ROLE.length()))
                        .toList();
        try {
            log.write(
                    new Access(
                            person.getName(),
                            roles,
                            request.getMethod(),
                            request.getRequestURI(),
                            request.getQueryString(),
                            status));
            return true;
        } catch (SQLException e) {
            LOG.warn("an access to the ledger could not be logged, so it is refused", e);
            return false;
        }
    }
}
