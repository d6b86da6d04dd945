package dev.confetti.gateway.stream;

import static dev.confetti.gateway.stream.Timeline.Track.AUDIO;
import static dev.confetti.gateway.stream.Timeline.Track.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Timeline timeline = new Timeline();

    @Test
    void theFirstPublishersTimestampsAreTakenAsTheyAre() {
        assertThat(timeline.map(5000, VIDEO, 1)).isEqualTo(5000);
        assertThat(timeline.map(4990, AUDIO, 2)).isEqualTo(4990);
        assertThat(timeline.map(5040, VIDEO, 41)).isEqualTo(5040);
        assertThat(timeline.lastMs()).isEqualTo(5040);
    }

    @Test
    void thirtyTwoBitsAreUnwrapped() {
        assertThat(timeline.map(0xfffffff0, VIDEO, 0)).isEqualTo(4_294_967_280L);
        assertThat(timeline.map(0x18, VIDEO, 40)).isEqualTo(4_294_967_320L);
        assertThat(timeline.map(0xfffffffa, AUDIO, 40)).isEqualTo(4_294_967_290L);
        assertThat(timeline.map(0x40, VIDEO, 80)).isEqualTo(4_294_967_360L);
    }

    @Test
    void aNewPublisherGoesOnWithTheClock() {
        timeline.map(10_000, VIDEO, 100_000);
        timeline.newPublisher();
        assertThat(timeline.map(0, VIDEO, 107_500)).as("7.5 s later").isEqualTo(17_500);
        assertThat(timeline.map(40, VIDEO, 107_540)).isEqualTo(17_540);
        timeline.newPublisher();
        assertThat(timeline.map(123, VIDEO, 107_540)).as("at once").isEqualTo(17_541);
    }

    @Test
    void tracksOfANewPublisherMayBeApartAndNoneGoesBehindTheOneBefore() {
        timeline.map(10_000, VIDEO, 100_000);
        timeline.map(10_020, AUDIO, 100_020);
        timeline.newPublisher();
        assertThat(timeline.map(5_000, VIDEO, 100_120)).isEqualTo(10_120);
        assertThat(timeline.floorMs()).isEqualTo(10_020);
        assertThat(timeline.map(4_600, AUDIO, 100_121)).as("held").isEqualTo(10_020);
        assertThat(timeline.map(4_980, AUDIO, 100_122)).isEqualTo(10_100);
        assertThat(timeline.map(5_040, VIDEO, 100_160)).as("no jump").isEqualTo(10_160);
    }

    @Test
    void aJumpForwardFollowsTheClock() {
        timeline.map(1000, VIDEO, 0);
        assertThat(timeline.map(3_600_000, VIDEO, 40)).isEqualTo(1040);
        assertThat(timeline.map(3_600_040, VIDEO, 80)).isEqualTo(1080);
    }

    @Test
    void aRealPauseIsNoJump() {
        timeline.map(1000, VIDEO, 0);
        assertThat(timeline.map(61_000, VIDEO, 60_000)).isEqualTo(61_000);
    }

    @Test
    void aJumpBackFollowsTheClock() {
        timeline.map(3_600_000, VIDEO, 0);
        assertThat(timeline.map(0, VIDEO, 40)).isEqualTo(3_600_040);
        assertThat(timeline.map(20, AUDIO, 41)).isEqualTo(3_600_060);
        assertThat(timeline.map(40, VIDEO, 80)).isEqualTo(3_600_080);
    }

    @Test
    void aSmallStepBackIsHeld() {
        timeline.map(1000, VIDEO, 0);
        assertThat(timeline.map(990, VIDEO, 10)).isEqualTo(1000);
        assertThat(timeline.map(1040, VIDEO, 50)).isEqualTo(1040);
    }

    @Test
    void noTrackEverGoesBackWhateverComes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long clock = 0;
        int timestamp = 0;
        long[] last = {Long.MIN_VALUE, Long.MIN_VALUE};
        for (int i = 0; i < 100_000; i++) {
            clock += random.nextInt(60);
            timestamp =
                    random.nextInt(200) == 0
                            ? random.nextInt()
                            : timestamp + random.nextInt(100) - 20;
            if (random.nextInt(500) == 0) {
                timeline.newPublisher();
            }
            int track = random.nextInt(2);
            long ms = timeline.map(timestamp, track == 0 ? VIDEO : AUDIO, clock);
            assertThat(ms).as("seed %d, step %d", seed, i).isGreaterThanOrEqualTo(last[track]);
            last[track] = ms;
        }
    }
}
