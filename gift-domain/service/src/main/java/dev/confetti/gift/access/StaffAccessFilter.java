package dev.confetti.gift.access;

import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.ProblemWriter;
import dev.confetti.gift.signin.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Keeps every request of finance staff and administrators, also the refused ones, and holds its
 * answer back until that is written: nobody of them is told anything that is not on record. What
 * cannot be written is answered by {@code access-not-logged}; a command may have had its effect by
 * then, as its event says, and its repeat is answered as ever.
 */
public final class StaffAccessFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(StaffAccessFilter.class);
    private static final String AUTHORITY_PREFIX = "ROLE_";
    private static final Set<String> STAFF = Set.of(Role.FINANCE, Role.ADMIN);

    private final StaffAccesses accesses;
    private final ProblemWriter problems;
    private final InstantSource clock;

    public StaffAccessFilter(StaffAccesses accesses, ProblemWriter problems, InstantSource clock) {
        this.accesses = accesses;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        Set<String> roles = roles(caller);
        if (caller == null || roles.stream().noneMatch(STAFF::contains)) {
            chain.doFilter(request, response);
            return;
        }
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        int status = HttpStatus.INTERNAL_SERVER_ERROR.value();
        boolean isKept;
        try {
            chain.doFilter(request, answer);
            status = answer.getStatus();
        } finally {
            isKept = keep(request, caller.getName(), List.copyOf(roles), status);
        }
        if (isKept || response.isCommitted()) {
            answer.copyBodyToResponse();
        } else {
            answer.reset();
            problems.write(
                    response,
                    ProblemType.ACCESS_NOT_LOGGED,
                    "the log of accesses cannot be written now, and nothing is answered without it:"
                            + " try again; a command may have had its effect");
        }
    }

    private boolean keep(
            HttpServletRequest request, String person, List<String> roles, int status) {
        try {
            accesses.add(
                    new StaffAccess(
                            clock.instant(),
                            person,
                            roles,
                            request.getMethod(),
                            request.getRequestURI(),
                            request.getQueryString(),
                            status,
                            0));
            return true;
        } catch (LogUnavailableException e) {
            LOG.error(
                    "{} {} of {} cannot be kept: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    person,
                    e.getMessage());
            return false;
        }
    }

    private static Set<String> roles(@Nullable Authentication caller) {
        Set<String> roles = new TreeSet<>();
        if (caller instanceof JwtAuthenticationToken) {
            for (GrantedAuthority authority : caller.getAuthorities()) {
                String name = String.valueOf(authority.getAuthority());
                if (name.startsWith(AUTHORITY_PREFIX)) {
                    roles.add(name.substring(AUTHORITY_PREFIX.length()));
                }
            }
        }
        return roles;
    }
}
