package dev.confetti.gift.signin;

import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands the {@link Caller} to handler methods, and keeps the caller's name. */
public final class CallerResolver implements HandlerMethodArgumentResolver {
    private static final String AUTHORITY_PREFIX = "ROLE_";

    private final Persons persons;

    public CallerResolver(Persons persons) {
        this.persons = persons;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (!(SecurityContextHolder.getContext().getAuthentication()
                instanceof JwtAuthenticationToken token)) {
            throw new IllegalStateException(
                    parameter + ": expected the security filter to require a token here");
        }
        String id = token.getName();
        Jwt jwt = token.getToken();
        // One that does not say when it was issued might be from before its person was forgotten.
        Instant issuedAt = Objects.requireNonNullElse(jwt.getIssuedAt(), Instant.EPOCH);
        persons.know(id, displayName(jwt, id), issuedAt);
        Set<String> roles = new HashSet<>();
        for (GrantedAuthority authority : token.getAuthorities()) {
            String name = String.valueOf(authority.getAuthority());
            if (name.startsWith(AUTHORITY_PREFIX)) {
                roles.add(name.substring(AUTHORITY_PREFIX.length()));
            }
        }
        return new Caller(id, roles);
    }

    private static String displayName(Jwt jwt, String id) {
        for (String claim : new String[] {"name", "preferred_username"}) {
            if (jwt.getClaims().get(claim) instanceof String name && !name.isBlank()) {
                return name;
            }
        }
        return id;
    }
}
