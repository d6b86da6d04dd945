package dev.confetti.gift.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class RememberedTokensTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Instant now = NOON;
    private int decoded;
    private boolean refuses;
    private final RememberedTokens tokens = new RememberedTokens(this::decode, () -> now);

    @Test
    void aTokenIsDecodedOnceWhileItIsGood() {
        Jwt first = tokens.decode("ann");
        assertThat(tokens.decode("ann")).isSameAs(first);
        assertThat(decoded).isEqualTo(1);
        assertThat(tokens.decode("bob").getSubject()).isEqualTo("bob");
        assertThat(decoded).isEqualTo(2);
    }

    @Test
    void anExpiredTokenIsLeftToTheDecoder() {
        tokens.decode("ann");
        now = NOON.plusSeconds(30);
        refuses = true;
        assertThatThrownBy(() -> tokens.decode("ann")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void aRefusalIsNotRemembered() {
        refuses = true;
        assertThatThrownBy(() -> tokens.decode("ann")).isInstanceOf(BadJwtException.class);
        refuses = false;
        assertThat(tokens.decode("ann").getSubject()).isEqualTo("ann");
    }

    private Jwt decode(String token) {
        decoded++;
        if (refuses) {
            throw new BadJwtException("no");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "none")
                .subject(token)
                .expiresAt(NOON.plusSeconds(30))
                .build();
    }
}
