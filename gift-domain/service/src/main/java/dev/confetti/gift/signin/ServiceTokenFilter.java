package dev.confetti.gift.signin;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets only requests through that show the secret which gateways share with the service. */
public final class ServiceTokenFilter extends OncePerRequestFilter {
    private final byte @Nullable [] expected;
    private final ProblemWriter problems;

    /**
     * @param serviceToken null to let nobody through
     */
    public ServiceTokenFilter(@Nullable String serviceToken, ProblemWriter problems) {
        this.expected =
                serviceToken == null
                        ? null
                        : ("Bearer " + serviceToken).getBytes(StandardCharsets.UTF_8);
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (expected != null
                && shown != null
                && MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8))) {
            chain.doFilter(request, response);
            return;
        }
        problems.write(
                response,
                ProblemType.UNAUTHENTICATED,
                "Authorization: expected the service token of this platform"
                        + (expected == null ? ", which has none set" : ""));
    }
}
