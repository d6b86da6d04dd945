package dev.confetti.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a viewer gets whose connection takes nothing for a while. */
class LateViewerTest {
    private static final int KEY = 100;
    private static final int SOUND = -1;

    private long nowMs = 10_000;
    private final GatewayMeters meters = new GatewayMeters();
    private final EmbeddedChannel publisherChannel = new EmbeddedChannel();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private FlushPace pace = new FlushPace(FlushPace.Mode.FRAME);
    private Stream stream;
    private Publication publication;
    private int next;

    @BeforeEach
    void publish() {
        begin();
    }

    private void begin() {
        Streams streams =
                new Streams(Limits.defaults(), meters, () -> nowMs, () -> nowMs, pace, null);
        stream = streams.open("live1", publisherChannel.eventLoop());
        publication =
                new Publication(
                        stream,
                        new Publisher() {
                            @Override
                            public Connection connection() {
                                return Connection.of(publisherChannel);
                            }

                            @Override
                            public void stop(String reason) {}
                        },
                        new UUID(0, 1),
                        new FakeControl(),
                        Limits.defaults(),
                        () -> nowMs);
        publisherChannel.freezeTime();
        assertThat(publication.begin(10_000_000)).isTrue();
        next = 0;
        picture(true);
        stream.join(
                new Viewer(
                        channel, new Numbers(), null, Passage.FREE, Limits.defaults(), () -> {}));
        assertThat(seen()).containsExactly(KEY);
    }

    @AfterEach
    void end() {
        stream.end("test over");
        channel.finishAndReleaseAll();
        publisherChannel.runPendingTasks();
    }

    @Test
    void getsAllOfItWhenItWasLateByNoMoreThanTheLimit() {
        takes(false);
        picture(false);
        picture(true);
        picture(false);
        assertThat(seen()).isEmpty();
        assertThat(connection().lagMs()).as("since the first of three").isEqualTo(80);
        nowMs += 2_880; // 3 s after the first
        takes(true);
        assertThat(seen()).containsExactly(1, KEY + 2, 3);
        assertThat(connection().lagMs()).isZero();
        assertThat(meters.framesDropped.sum()).isZero();
    }

    @Test
    void skipsToTheNewestKeyFrameWhenItWasLater() {
        takes(false);
        picture(false);
        picture(true);
        picture(false);
        picture(true);
        picture(false);
        nowMs += 2_801; // 3,001 ms after the first
        takes(true);
        assertThat(seen()).containsExactly(KEY + 4, 5);
        assertThat(meters.framesDropped.sum()).isEqualTo(3);
        assertThat(connection().droppedUnits()).isEqualTo(3);
        picture(false);
        assertThat(seen()).containsExactly(6);
    }

    @Test
    void goesOnInOrderWhenNoKeyFrameIsAhead() {
        takes(false);
        picture(false);
        picture(false);
        nowMs += 9_000;
        takes(true);
        assertThat(seen()).containsExactly(1, 2);
        assertThat(meters.framesDropped.sum()).isZero();
    }

    @Test
    void waitsForAKeyFrameWhenItsNextPictureIsGone() {
        picture(true);
        assertThat(seen()).containsExactly(KEY + 1);
        takes(false);
        for (int i = 0; i < 9; i++) {
            picture(false, 1 << 20);
        }
        assertThat(meters.framesDropped.sum()).as("said at once: 7 of 9 MB fit").isEqualTo(2);
        takes(true);
        assertThat(seen()).as("not even the key frame that it has seen").isEmpty();
        assertThat(meters.framesDropped.sum()).isEqualTo(9);
        picture(false);
        assertThat(seen()).isEmpty();
        picture(true);
        picture(false);
        assertThat(seen()).containsExactly(KEY + 12, 13);
        assertThat(connection().droppedUnits()).isEqualTo(10);
    }

    @Test
    void isClosedWhenItTakesNothingForLong() {
        takes(false);
        picture(false);
        nowMs += 29_960; // 30 s after it took nothing first
        picture(false);
        assertThat(channel.isOpen()).isTrue();
        picture(false);
        assertThat(channel.isOpen()).isFalse();
        assertThat(connection().endReason()).isEqualTo("took nothing for 30000 ms");
    }

    @Test
    void hasItsTimeAnewWhenItTookSomething() {
        takes(false);
        picture(false);
        nowMs += 29_000;
        takes(true);
        takes(false);
        nowMs += 29_000;
        picture(false);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void getsWhatWaitsForItBeforeTheEnd() {
        takes(false);
        picture(false);
        stream.end("over");
        assertThat(seen()).containsExactly(1);
    }

    @Test
    void getsPicturesInPairsWhereTheyAreGathered() {
        stream.end("another begins");
        publisherChannel.runPendingTasks();
        channel.releaseOutbound();
        pace = new FlushPace(FlushPace.Mode.AUTO);
        begin();
        pace.busiest(0.8);
        for (int i = 1; i <= 99; i += 2) {
            pictureAndSound();
            assertThat(seen()).as("40 ms after the last").isEmpty();
            pictureAndSound();
            assertThat(seen()).containsExactly(i, i + 1);
        }
        pace.busiest(0.5);
        pictureAndSound();
        assertThat(seen()).as("half a core is not calm").isEmpty();
        pictureAndSound();
        assertThat(seen()).hasSize(2);
        pace.busiest(0.39);
        pictureAndSound();
        assertThat(seen()).hasSize(1);
    }

    @Test
    void getsSoundOfABusyLoopSoonWhenNoPictureComes() {
        stream.end("another begins");
        publisherChannel.runPendingTasks();
        channel.releaseOutbound();
        pace = new FlushPace(FlushPace.Mode.ECONOMICAL);
        begin();
        sound();
        pass(100);
        assertThat(channel.outboundMessages()).isEmpty();
        pass(100);
        assertThat(channel.outboundMessages()).hasSize(1);
    }

    private Connection connection() {
        return Connection.of(channel);
    }

    private void takes(boolean takes) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, takes);
        channel.runPendingTasks();
    }

    private void picture(boolean key) {
        picture(key, 1);
    }

    private void picture(boolean key, int bytes) {
        send(key, bytes);
        pass(40);
    }

    private void send(boolean key, int bytes) {
        ByteBuf payload = Unpooled.buffer(bytes + 4).writeInt(next).writeZero(bytes);
        publication.frame(next * 40, new Frame.Video(VideoCodec.AVC, 0, key, payload, 4, 0));
        next++;
    }

    private void pictureAndSound() {
        send(false, 1);
        pass(5);
        sound();
        pass(35);
    }

    private void sound() {
        publication.frame(next * 40, new Frame.Audio(AudioCodec.AAC, 0xaf, Unpooled.buffer(1)));
    }

    /** The stream's tick is among what is due. */
    private void pass(int ms) {
        nowMs += ms;
        publisherChannel.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
        publisherChannel.runScheduledPendingTasks();
    }

    /** The numbers of the pictures that came, with 100 more for key frames. */
    private List<Integer> seen() {
        List<Integer> numbers = new ArrayList<>();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            while (out.isReadable()) {
                int number = out.readByte();
                out.skipBytes(out.readInt());
                if (number != SOUND) {
                    numbers.add(number);
                }
            }
            out.release();
        }
        return numbers;
    }

    /** A wire format that says each picture's number, its length and as many bytes. */
    private static final class Numbers implements Muxer {
        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public void writePreamble(ByteBuf out) {}

        @Override
        public void writeHeaders(ByteBuf out, TrackHeaders headers, long dtsMs) {}

        @Override
        public void writeUnit(ByteBuf out, AccessUnit unit, List<StampedCue> cues) {
            if (!(unit.frame() instanceof Frame.Video video)) {
                out.writeByte(SOUND).writeInt(0);
                return;
            }
            ByteBuf payload = video.payload();
            int number = payload.getInt(payload.readerIndex());
            out.writeByte(video.key() ? KEY + number : number);
            out.writeInt(payload.readableBytes()).writeBytes(payload.duplicate());
        }

        @Override
        public void writeCues(ByteBuf out, List<StampedCue> cues, long dtsMs) {}
    }
}
