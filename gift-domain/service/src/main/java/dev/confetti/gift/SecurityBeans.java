package dev.confetti.gift;

import static org.springframework.http.HttpMethod.POST;

import dev.confetti.gift.access.StaffAccessController;
import dev.confetti.gift.access.StaffAccessFilter;
import dev.confetti.gift.access.StaffAccesses;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.ProblemWriter;
import dev.confetti.gift.signin.BearerTokens;
import dev.confetti.gift.signin.DevTokenController;
import dev.confetti.gift.signin.DevTokens;
import dev.confetti.gift.signin.RememberedTokens;
import dev.confetti.gift.signin.Role;
import dev.confetti.gift.signin.Secrets;
import dev.confetti.gift.signin.ServiceTokenFilter;
import dev.confetti.gift.signin.TokenDecoders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import tools.jackson.databind.json.JsonMapper;

/** Who may do what. Other modules have chains of their own for their paths, before these. */
@Configuration(proxyBeanMethods = false)
@Import(StaffAccessController.class)
class SecurityBeans {
    private static final String INTERNAL = "/internal/v1/**";
    private static final String WEBHOOKS = "/v1/payments/webhooks/**";
    private static final String[] OPEN = {
        "/v1/gifts", "/v1/coin-packages", "/v1/policies", "/v1/dev/tokens"
    };

    /**
     * A span and a timer around each of a dozen filters would cost more than all that a gift's send
     * does; requests are timed as a whole.
     */
    @Bean
    SecurityObservationSettings giftSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    ProblemWriter giftProblemWriter(JsonMapper mapper) {
        return new ProblemWriter(mapper);
    }

    /** Dev tokens are there, and taken, only where the operator says so. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "confetti.dev-auth", havingValue = "true")
    @Import(DevTokenController.class)
    static class DevAuth {
        @Bean
        DevTokens giftDevTokens(GiftSettings settings, GiftDatabase database, InstantSource clock) {
            String shared = settings.signIn().secret();
            byte[] secret =
                    shared == null
                            ? new Secrets(database, new SecureRandom()).named("dev-tokens")
                            : shared.getBytes(StandardCharsets.UTF_8);
            return new DevTokens(secret, clock);
        }
    }

    @Bean
    StaffAccesses giftStaffAccesses(GiftDatabase database) {
        return new StaffAccesses(database);
    }

    @Bean
    JwtDecoder giftJwtDecoder(
            GiftSettings settings, ObjectProvider<DevTokens> devTokens, InstantSource clock) {
        return new RememberedTokens(
                TokenDecoders.forBoth(settings.signIn(), devTokens.getIfAvailable()), clock);
    }

    @Bean
    @Order(90)
    SecurityFilterChain giftInternalChain(
            HttpSecurity http, GiftSettings settings, ProblemWriter problems) {
        return stateless(http)
                .securityMatcher(INTERNAL)
                .addFilterBefore(
                        new ServiceTokenFilter(settings.serviceToken(), problems),
                        AuthorizationFilter.class)
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .build();
    }

    /** A provider's own bearer token is none of ours; the provider is asked whether it fits. */
    @Bean
    @Order(95)
    SecurityFilterChain giftWebhookChain(HttpSecurity http) {
        return stateless(http)
                .securityMatcher(WEBHOOKS)
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .build();
    }

    /** No rule names the call: for everybody it is as if it were not there. */
    private record NoSuchCall() implements AuthorizationResult {
        @Override
        public boolean isGranted() {
            return false;
        }

        static boolean isBehind(@Nullable Throwable e) {
            return (e instanceof AuthorizationDeniedException denied
                            && denied.getAuthorizationResult() instanceof NoSuchCall)
                    || (e != null && isBehind(e.getCause()));
        }
    }

    /**
     * Rules go by the path; by the method only where it changes who may call. So a method that
     * nobody thought of, such as HEAD for GET, meets the rule of its path.
     */
    @Bean
    @Order(100)
    SecurityFilterChain giftChain(
            HttpSecurity http,
            JwtDecoder decoder,
            ProblemWriter problems,
            StaffAccesses accesses,
            InstantSource clock) {
        return stateless(http)
                // Behind the check of the token, before all that refuses.
                .addFilterBefore(
                        new StaffAccessFilter(accesses, problems, clock),
                        ExceptionTranslationFilter.class)
                .authorizeHttpRequests(
                        call ->
                                call.requestMatchers(OPEN)
                                        .permitAll()
                                        .requestMatchers(POST, "/v1/coin-purchases")
                                        .hasRole(Role.VIEWER)
                                        .requestMatchers("/v1/coin-purchases/*/receipt")
                                        .hasRole(Role.VIEWER)
                                        .requestMatchers("/v1/coin-purchases/*/refund")
                                        .hasRole(Role.FINANCE)
                                        .requestMatchers(
                                                "/v1/coin-purchases", "/v1/coin-purchases/*")
                                        .hasAnyRole(Role.VIEWER, Role.FINANCE)
                                        .requestMatchers(
                                                "/v1/wallet", "/v1/wallet/limits", "/v1/gift-sends")
                                        .hasRole(Role.VIEWER)
                                        .requestMatchers("/v1/gift-sends/*/reverse")
                                        .hasRole(Role.FINANCE)
                                        .requestMatchers(
                                                "/v1/creators/*/earnings",
                                                "/v1/creators/*/earnings/series")
                                        .hasAnyRole(Role.CREATOR, Role.FINANCE)
                                        .requestMatchers(POST, "/v1/payouts")
                                        .hasRole(Role.CREATOR)
                                        .requestMatchers("/v1/payouts", "/v1/payouts/*")
                                        .hasAnyRole(Role.CREATOR, Role.FINANCE)
                                        .requestMatchers(
                                                "/v1/payouts/*/approve",
                                                "/v1/payouts/*/reject",
                                                "/v1/payouts/*/withdraw",
                                                "/v1/payouts/*/resolutions",
                                                "/v1/payouts/*/resolutions/*/approve")
                                        .hasRole(Role.FINANCE)
                                        .requestMatchers(
                                                "/v1/payout-batches",
                                                "/v1/payout-batches/**",
                                                "/v1/bank-messages",
                                                "/v1/bank-messages/*")
                                        .hasRole(Role.FINANCE)
                                        .requestMatchers(
                                                "/v1/creators/*/payouts/hold",
                                                "/v1/creators/*/payouts/resume")
                                        .hasAnyRole(Role.FINANCE, Role.ADMIN)
                                        .requestMatchers(
                                                "/v1/ledger/**",
                                                "/v1/provider-settlements/**",
                                                "/v1/reconciliation/**")
                                        .hasRole(Role.FINANCE)
                                        .requestMatchers("/v1/staff-accesses")
                                        .hasAnyRole(Role.FINANCE, Role.ADMIN)
                                        .requestMatchers("/v1/people/{id}/board-visibility")
                                        .access(SecurityBeans::oneselfOrAdmin)
                                        .requestMatchers("/v1/people/*")
                                        .authenticated()
                                        .requestMatchers(POST, "/v1/gifts/*/prices")
                                        .hasRole(Role.ADMIN)
                                        .requestMatchers("/v1/gifts/*/prices")
                                        .permitAll()
                                        .requestMatchers("/v1/wallets/*/grants")
                                        .hasRole(Role.ADMIN)
                                        .requestMatchers(
                                                "/v1/wallets/*/block", "/v1/wallets/*/unblock")
                                        .hasAnyRole(Role.FINANCE, Role.ADMIN)
                                        .requestMatchers(POST, "/v1/lives")
                                        .hasRole(Role.CREATOR)
                                        .requestMatchers("/v1/lives/*/key")
                                        .hasRole(Role.CREATOR)
                                        .requestMatchers("/v1/lives/*/play-tokens")
                                        .hasAnyRole(Role.VIEWER, Role.CREATOR)
                                        .requestMatchers("/v1/lives/*/end")
                                        .hasAnyRole(Role.CREATOR, Role.ADMIN)
                                        .requestMatchers("/v1/lives", "/v1/lives/*")
                                        .permitAll()
                                        .requestMatchers("/v1", "/v1/**")
                                        .access((caller, request) -> new NoSuchCall())
                                        .anyRequest()
                                        .permitAll())
                .oauth2ResourceServer(
                        server ->
                                server.bearerTokenResolver(new BearerTokens())
                                        .jwt(
                                                jwt ->
                                                        jwt.decoder(decoder)
                                                                .jwtAuthenticationConverter(
                                                                        roles()))
                                        .authenticationEntryPoint(unauthenticated(problems))
                                        .accessDeniedHandler(forbidden(problems)))
                .exceptionHandling(
                        handling ->
                                handling.authenticationEntryPoint(unauthenticated(problems))
                                        .accessDeniedHandler(forbidden(problems)))
                .build();
    }

    /** Before the body is read: whose setting it is stands in the path. */
    private static AuthorizationDecision oneselfOrAdmin(
            Supplier<? extends @Nullable Authentication> caller,
            RequestAuthorizationContext request) {
        Authentication who = caller.get();
        return new AuthorizationDecision(
                who instanceof JwtAuthenticationToken
                        && (who.getName().equals(request.getVariables().get("id"))
                                || who.getAuthorities().stream()
                                        .anyMatch(
                                                role ->
                                                        ("ROLE_" + Role.ADMIN)
                                                                .equals(role.getAuthority()))));
    }

    private static HttpSecurity stateless(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // No frame options: the overlay page is shown inside of other programs' frames.
                .headers(
                        headers ->
                                headers.defaultsDisabled()
                                        .contentTypeOptions(Customizer.withDefaults())
                                        .addHeaderWriter(SecurityBeans::unlessCached));
    }

    /** No cache keeps what its maker did not make for caches (RFC 9111, section 5.2.2.5). */
    private static void unlessCached(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)
                && response.getStatus() != HttpStatus.NOT_MODIFIED.value()) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    /**
     * The container has refused control characters in headers before; the firewall's regular
     * expression over each header that is read cost as much as checking the token.
     */
    @Bean
    HttpFirewall giftHttpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(SecurityBeans::isWithoutControls);
        return firewall;
    }

    private static boolean isWithoutControls(String header) {
        return header.chars().noneMatch(Character::isISOControl);
    }

    private static JwtAuthenticationConverter roles() {
        JwtGrantedAuthoritiesConverter roles = new JwtGrantedAuthoritiesConverter();
        roles.setAuthoritiesClaimName("roles");
        roles.setAuthorityPrefix("ROLE_");
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(roles);
        return converter;
    }

    private static AuthenticationEntryPoint unauthenticated(ProblemWriter problems) {
        return (request, response, e) -> {
            if (NoSuchCall.isBehind(e)) {
                noSuchCall(problems, request, response);
                return;
            }
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(
                    response,
                    ProblemType.UNAUTHENTICATED,
                    "Authorization: expected a valid bearer token, got "
                            + (request.getHeader(HttpHeaders.AUTHORIZATION) == null
                                    ? "none"
                                    : "one that is not: " + e.getMessage()));
        };
    }

    private static AccessDeniedHandler forbidden(ProblemWriter problems) {
        return (request, response, e) -> {
            if (NoSuchCall.isBehind(e)) {
                noSuchCall(problems, request, response);
                return;
            }
            problems.write(
                    response,
                    ProblemType.FORBIDDEN,
                    request.getMethod()
                            + " "
                            + request.getRequestURI()
                            + ": expected a role that may do this, see /v3/api-docs");
        };
    }

    private static void noSuchCall(
            ProblemWriter problems, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(
                response,
                ProblemType.NOT_FOUND,
                request.getMethod()
                        + " "
                        + request.getRequestURI()
                        + ": expected a call of the API, see /v3/api-docs");
    }
}
