package dev.confetti.demo.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RtmpTargetTest {
    @Test
    void readsAServersAddress() {
        assertThat(RtmpTarget.of("rtmp://localhost", "a", "k"))
                .isEqualTo(new RtmpTarget("localhost", 1935, "live", "a?key=k"));
        assertThat(RtmpTarget.of("rtmp://h:1936/tv/a", "a", "k"))
                .isEqualTo(new RtmpTarget("h", 1936, "tv", "a?key=k"));
    }

    @Test
    void neverPrintsTheKey() {
        assertThat(RtmpTarget.of("rtmp://h/live", "a", "secret").toString())
                .isEqualTo("rtmp://h:1935/live/a?key=…");
    }

    @Test
    void refusesOtherAddresses() {
        assertThatThrownBy(() -> RtmpTarget.of("http://h/live", "a", "k"))
                .hasMessage("expected rtmp://HOST[:PORT][/APPLICATION], got http://h/live");
    }
}
