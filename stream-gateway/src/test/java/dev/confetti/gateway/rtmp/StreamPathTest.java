package dev.confetti.gateway.rtmp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamPathTest {
    @ParameterizedTest
    @CsvSource({
        // as OBS, ffmpeg and GStreamer cut rtmp://HOST:1935/live/abc?key=K
        "live, rtmp://h:1935/live, abc?key=K",
        "live, rtmp://h:1935/live, /abc?key=K",
        "live/, rtmp://h:1935/live/, abc/?key=K",
        "/live//, '', abc?x=1&key=K&y=2",
        // the key where the server's URL is
        "live?key=K, rtmp://h/live?key=K, abc",
        "live, rtmp://h/live?key=K, abc",
        "live, rtmp://h/live/abc?key=K, abc",
        "live?key=K, '', abc/",
        // the stream's name wins
        "live?key=other, rtmp://h/live?key=third, abc?key=K",
        // the live where the server's URL is
        "live/abc, rtmp://h/live/abc, '?key=K'",
        "live/abc/, rtmp://h/live/abc/, ?key=K",
        "live/abc?key=K, rtmp://h/live/abc?key=K, ''",
        "live/abc?key=K, '', abc",
        "live/abc, rtmp://h/live/abc?key=K, ''",
        "live/abc, rtmp://h/live/abc, K", // a server and a key
        // no app at all
        "'', rtmp://h:1935/live, abc?key=K",
        "'', rtmp://h/live/abc?key=K, ''",
    })
    void everyWayToCutTheUrlNamesTheSame(String app, String tcUrl, String name) {
        ConnectPath connected = requireNonNull(ConnectPath.parse(app, tcUrl));
        assertThat(StreamPath.parse(connected, name)).isEqualTo(new StreamPath("abc", "K"));
    }

    @ParameterizedTest
    @CsvSource({
        "LIVE, rtmp://h/LIVE",
        "Live, ''",
        "'', ''",
        "'', rtmp://h",
        "'', rtmp://h/other",
        "live2, rtmp://h/live",
        "live/a/b, ''",
        "live/../x, ''",
        "live/%2e, ''",
        "../live, ''",
        "other?key=K, rtmp://h/live",
    })
    void otherApplicationsAreNone(String app, String tcUrl) {
        assertThat(ConnectPath.parse(app, tcUrl)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "live, rtmp://h/live, abc?token=T",
        "live, rtmp://h/live, abc?x=1&token=T&y=2",
        "live?token=T, rtmp://h/live?token=T, abc",
        "live, rtmp://h/live?token=T, abc",
        "live/abc?token=T, '', ''",
        "live?token=other, '', abc?token=T",
        "live, rtmp://h/live, abc?key=K&token=T",
    })
    void aPlayTokenIsWhereAKeyMayBe(String app, String tcUrl, String name) {
        assertThat(requireNonNull(ConnectPath.parse(app, tcUrl)).playToken(name)).isEqualTo("T");
    }

    @Test
    void namesThatNoLiveHasAreNone() {
        ConnectPath live = new ConnectPath("", "", "");
        assertThat(StreamPath.parse(live, "")).isNull();
        assertThat(StreamPath.parse(live, "?key=K")).isNull();
        assertThat(StreamPath.parse(live, "a/b?key=K")).isNull();
        assertThat(StreamPath.parse(live, "../etc")).isNull();
        assertThat(StreamPath.parse(live, "a".repeat(65))).isNull();
        ConnectPath abc = new ConnectPath("abc", "", "");
        assertThat(StreamPath.parse(abc, "other?key=K")).as("two lives").isNull();
    }

    @Test
    void anEndlessKeyIsNone() {
        ConnectPath live = new ConnectPath("", "", "");
        assertThat(StreamPath.parse(live, "abc?key=" + "k".repeat(256)))
                .isEqualTo(new StreamPath("abc", "k".repeat(256)));
        assertThat(StreamPath.parse(live, "abc?key=" + "k".repeat(257)))
                .isEqualTo(new StreamPath("abc", ""));
        assertThat(StreamPath.parse(new ConnectPath("", "k".repeat(257), ""), "abc"))
                .isEqualTo(new StreamPath("abc", ""));
    }
}
