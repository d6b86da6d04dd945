package dev.confetti.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaPathTest {
    @Test
    void mediaPathsAreFound() {
        assertThat(MediaPath.parse("/live/abc_-9.flv")).isEqualTo(new MediaPath.Flv("abc_-9"));
        assertThat(MediaPath.parse("/live/a.flv?t=1")).isEqualTo(new MediaPath.Flv("a"));
        assertThat(MediaPath.parse("http://h:1/live/a/gifts")).isEqualTo(new MediaPath.Gifts("a"));
        assertThat(MediaPath.parse("/live/" + "a".repeat(64) + ".flv"))
                .isEqualTo(new MediaPath.Flv("a".repeat(64)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/live/../etc.flv",
                "/live/..%2fa.flv",
                "/live/%61.flv",
                "/live/a%00.flv",
                "/live\\a.flv",
                "live/a.flv",
                "",
                "*"
            })
    void pathsThatNoClientMakesAreMalformed(String target) {
        assertThat(MediaPath.parse(target)).isInstanceOf(MediaPath.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/live/",
                "/live/.flv",
                "/live/a/b.flv",
                "/live/a.flv/",
                "/live/a b.flv",
                "/live//gifts",
                "/live/a"
            })
    void otherPathsAreUnknown(String target) {
        assertThat(MediaPath.parse(target)).isInstanceOf(MediaPath.Unknown.class);
    }

    @Test
    void aNameOf65CharactersIsUnknown() {
        assertThat(MediaPath.parse("/live/" + "a".repeat(65) + ".flv"))
                .isInstanceOf(MediaPath.Unknown.class);
    }
}
