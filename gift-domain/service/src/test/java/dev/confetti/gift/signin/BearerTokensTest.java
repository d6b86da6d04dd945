package dev.confetti.gift.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class BearerTokensTest {
    @ParameterizedTest
    @CsvSource({
        "Bearer a, a",
        "bearer aB3-._~+/z, aB3-._~+/z",
        "BEARER abc==, abc==",
    })
    void readsTheToken(String header, String token) {
        assertThat(resolve(header)).isEqualTo(token);
    }

    @Test
    void withoutTheHeaderThereIsNone() {
        assertThat(resolve(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Basic abc", "Bearerabc", " Bearer abc"})
    void anotherAuthorizationIsNone(String header) {
        assertThat(resolve(header)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer ",
                "Bearer ==",
                "Bearer a b",
                "Bearer  a",
                "Bearer a=b",
                "Bearer \u00e9"
            })
    void refusesWhatIsNoToken(String header) {
        assertThatThrownBy(() -> resolve(header)).isInstanceOf(InvalidBearerTokenException.class);
    }

    private static @Nullable String resolve(@Nullable String header) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (header != null) {
            request.addHeader("Authorization", header);
        }
        return new BearerTokens().resolve(request);
    }
}
