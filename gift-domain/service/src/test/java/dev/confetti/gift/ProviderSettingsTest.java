package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProviderSettingsTest {
    private static final Path FILE = Path.of("file");

    private static AppleSettings apple(
            String bundleId,
            @Nullable Long appId,
            String environment,
            List<Path> roots,
            int bps,
            boolean consent,
            @Nullable String keyId) {
        return new AppleSettings(
                bundleId,
                appId,
                environment,
                roots,
                true,
                "",
                bps,
                consent,
                keyId,
                "i",
                FILE,
                null);
    }

    @Test
    void applesKeysAreLookedAtTogether() {
        assertThat(apple("b", 1L, "Production", List.of(FILE), 3_000, true, "k").isProduction())
                .isTrue();
        assertThat(apple("b", null, "Sandbox", List.of(FILE), 0, false, null).isProduction())
                .isFalse();
        assertThatThrownBy(() -> apple(" ", 1L, "Production", List.of(FILE), 0, false, null))
                .hasMessage(
                        "confetti.apple.bundle-id: expected a value, as other keys of"
                                + " confetti.apple are set");
        assertThatThrownBy(() -> apple("b", null, "Production", List.of(FILE), 0, false, null))
                .hasMessageStartingWith("confetti.apple.app-apple-id: expected");
        // Nothing is verified in Apple's other environments.
        assertThatThrownBy(() -> apple("b", 1L, "LocalTesting", List.of(FILE), 0, false, null))
                .hasMessage(
                        "confetti.apple.environment \"LocalTesting\": expected Production or"
                                + " Sandbox");
        assertThatThrownBy(() -> apple("b", 1L, "Production", List.of(), 0, false, null))
                .hasMessageStartingWith("confetti.apple.root-certificates: expected");
        assertThatThrownBy(() -> apple("b", 1L, "Production", List.of(FILE), 10_001, false, null))
                .hasMessage("confetti.apple.commission-bps 10001: expected 0 to 10000");
        assertThatThrownBy(() -> apple("b", 1L, "Production", List.of(FILE), 0, true, null))
                .hasMessageStartingWith("confetti.apple.key-id: expected a value");
    }

    private static GoogleSettings google(String audience, String apiUrl) {
        return new GoogleSettings(
                "p", FILE, audience, "a@example.com", "", 1_500, false, apiUrl, "http://k.example");
    }

    @Test
    void googlesKeysAreLookedAtTogether() {
        assertThat(google("a", "http://g.example/").apiUrl()).isEqualTo("http://g.example");
        assertThatThrownBy(() -> google("", "http://g.example"))
                .hasMessageStartingWith("confetti.google.push-audience: expected a value");
        assertThatThrownBy(() -> google("a", "g.example"))
                .hasMessageStartingWith("confetti.google.api-url \"g.example\": expected a URL");
    }
}
