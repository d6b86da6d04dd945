package dev.confetti.demo.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Throttle throttle = new Throttle();

    private long admittedOf(int sends, long atMs) {
        return IntStream.range(0, sends).filter(i -> throttle.admits(atMs)).count();
    }

    @Test
    void halvesWhenToldAndComesBackWithSuccess() {
        assertThat(admittedOf(100, 0)).isEqualTo(100);
        throttle.slowDown();
        assertThat(admittedOf(100, 0)).isEqualTo(50);
        throttle.slowDown();
        assertThat(admittedOf(100, 0)).isEqualTo(25);
        for (int i = 0; i < 38; i++) {
            throttle.succeeded();
        }
        assertThat(admittedOf(100, 0)).isEqualTo(100);
    }

    @Test
    void neverFallsSilentForGood() {
        for (int i = 0; i < 100; i++) {
            throttle.slowDown();
        }
        assertThat(admittedOf(100, 0)).isEqualTo(5);
    }

    @Test
    void pausesLongerEachTimeUntilSomethingSucceeds() {
        throttle.pause(0);
        throttle.pause(500);
        assertThat(throttle.admits(999)).isFalse();
        assertThat(throttle.admits(1000)).isTrue();
        throttle.pause(1000);
        assertThat(throttle.admits(2999)).isFalse();
        assertThat(throttle.admits(3000)).isTrue();
        throttle.succeeded();
        throttle.pause(3000);
        assertThat(throttle.admits(4000)).isTrue();
    }
}
