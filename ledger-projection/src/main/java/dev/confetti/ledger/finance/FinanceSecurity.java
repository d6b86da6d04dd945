package dev.confetti.ledger.finance;

import dev.confetti.ledger.access.AccessLog;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** Who may ask the ledger: bearers of a token with the role {@code finance}. */
@Configuration(proxyBeanMethods = false)
class FinanceSecurity {

    @Bean
    @Order(10)
    SecurityFilterChain ledgerSecurity(
            HttpSecurity http, JwtDecoder decoder, JsonMapper json, AccessLog log) {
        return http.securityMatcher("/v1/ledger/**")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(
                        requests ->
                                requests.requestMatchers(HttpMethod.OPTIONS)
                                        .permitAll()
                                        .requestMatchers("/v1/ledger/statements/creators/{id}")
                                        .access(
                                                (caller, request) ->
                                                        new AuthorizationDecision(
                                                                mayRead(
                                                                        caller.get(),
                                                                        request.getVariables()
                                                                                .get("id"))))
                                        .anyRequest()
                                        .hasRole("finance"))
                // After who it is, before what they may: who is refused is logged as well.
                .addFilterAfter(new AccessFilter(log, json), BearerTokenAuthenticationFilter.class)
                .oauth2ResourceServer(
                        server ->
                                server.jwt(
                                                jwt ->
                                                        jwt.decoder(decoder)
                                                                .jwtAuthenticationConverter(
                                                                        roles()))
                                        .authenticationEntryPoint(
                                                (request, response, failure) ->
                                                        unauthenticated(response, json)))
                .exceptionHandling(
                        failures ->
                                failures.authenticationEntryPoint(
                                                (request, response, failure) ->
                                                        unauthenticated(response, json))
                                        .accessDeniedHandler(
                                                (request, response, failure) ->
                                                        forbidden(response, json)))
                .build();
    }

    /** Finance reads all statements, creators their own. */
    private static boolean mayRead(@Nullable Authentication caller, @Nullable String creatorId) {
        return caller != null
                && (hasRole(caller, "finance")
                        || (hasRole(caller, "creator") && caller.getName().equals(creatorId)));
    }

    private static boolean hasRole(Authentication caller, String role) {
        return caller.getAuthorities().stream()
                .anyMatch(authority -> ("ROLE_" + role).equals(authority.getAuthority()));
    }

    private static JwtAuthenticationConverter roles() {
        JwtGrantedAuthoritiesConverter authorities = new JwtGrantedAuthoritiesConverter();
        authorities.setAuthoritiesClaimName("roles");
        authorities.setAuthorityPrefix("ROLE_");
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(authorities);
        return converter;
    }

    private static void unauthenticated(HttpServletResponse response, JsonMapper json)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        write(
                response,
                json,
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "expected a valid bearer token, which the Authorization header does not have");
    }

    private static void forbidden(HttpServletResponse response, JsonMapper json)
            throws IOException {
        write(
                response,
                json,
                HttpStatus.FORBIDDEN,
                "forbidden",
                "expected a token with the role finance, or of the creator whose statement it is");
    }

    static void write(
            HttpServletResponse response,
            JsonMapper json,
            HttpStatus status,
            String name,
            String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream()
                .write(json.writeValueAsBytes(ProblemDocuments.problem(status, name, detail)));
    }
}
