package dev.confetti.board.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.board.view.BoardQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;

class BoardCallersTest {
    private static final BoardQuery AROUND = BoardQuery.parse("live/l", null, "ann", null);

    private static boolean sees(@Nullable JwtDecoder decoder, @Nullable String authorization) {
        return new BoardCallers(decoder).allowed(AROUND, authorization).seesHidden();
    }

    private static JwtDecoder says(Map<String, Object> claims) {
        return token -> new Jwt(token, Instant.EPOCH, Instant.MAX, Map.of("alg", "none"), claims);
    }

    @Test
    void theMemberAndStaffSeeWhoIsHidden() {
        assertThat(sees(says(Map.of("sub", "ann")), "Bearer t")).isTrue();
        assertThat(sees(says(Map.of("sub", "ann")), "bearer t")).isTrue();
        assertThat(sees(says(Map.of("sub", "x", "roles", List.of("admin"))), "Bearer t")).isTrue();
        assertThat(sees(says(Map.of("sub", "x", "roles", List.of("finance"))), "Bearer t"))
                .isTrue();
    }

    @Test
    void nobodyElseDoes() {
        assertThat(sees(says(Map.of("sub", "ann")), null)).isFalse();
        assertThat(sees(says(Map.of("sub", "ann")), "Basic t")).isFalse();
        assertThat(sees(null, "Bearer t")).isFalse();
        assertThat(sees(says(Map.of("sub", "bob", "roles", List.of("viewer"))), "Bearer t"))
                .isFalse();
        assertThat(sees(says(Map.of("roles", "finance")), "Bearer t"))
                .as("roles that are no list")
                .isFalse();
    }

    @Test
    void aTokenThatCannotBeCheckedCountsAsNone() {
        assertThat(
                        sees(
                                token -> {
                                    throw new BadJwtException("expired");
                                },
                                "Bearer t"))
                .isFalse();
        assertThat(
                        sees(
                                token -> {
                                    throw new JwtDecoderInitializationException(
                                            "no issuer", new IllegalStateException());
                                },
                                "Bearer t"))
                .isFalse();
    }

    @Test
    void aQueryFromTheTopIsTheSameForAll() {
        BoardQuery top = BoardQuery.parse("live/l", null, null, null);
        assertThat(top.seeingHidden()).isEqualTo(top);
    }
}
