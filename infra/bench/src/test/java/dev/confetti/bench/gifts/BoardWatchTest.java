package dev.confetti.bench.gifts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoardWatchTest {
    @Test
    void knowsWhenASumWasFirstReached() {
        BoardWatch board = new BoardWatch();
        board.seen(
                "{\"standings\":[{\"rank\":1,\"member\":\"a\",\"name\":\"A\",\"coins\":5}]}", 100);
        board.seen(
                "{\"standings\":[{\"member\":\"a\",\"coins\":5},{\"member\":\"b\",\"coins\":2}]}",
                200);
        board.seen("not a board", 250);
        // Changes: line 0 is taken out and put in again.
        board.seen("{\"removed\":[0],\"standings\":[{\"member\":\"a\",\"coins\":9}]}", 300);
        assertThat(board.nanosOfSum("a", 4)).isEqualTo(100);
        assertThat(board.nanosOfSum("a", 5)).isEqualTo(100);
        assertThat(board.nanosOfSum("a", 6)).isEqualTo(300);
        assertThat(board.nanosOfSum("a", 10)).isEqualTo(Long.MIN_VALUE);
        assertThat(board.nanosOfSum("b", 1)).isEqualTo(200);
        assertThat(board.nanosOfSum("c", 1)).isEqualTo(Long.MIN_VALUE);
    }
}
