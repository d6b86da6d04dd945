package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.HttpTestClient.Tag;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowViewerTest {
    private static final int PICTURE_BYTES = 50_000;
    private static final int PICTURES = 600; // 30 MB: more than all buffers on the way hold
    private static final int GOP = 20;

    @Test
    void aViewerThatDoesNotReadLosesWholeGopsAndNobodyElseAnything() throws Exception {
        try (StreamGateway gateway =
                        StreamGateway.start(
                                TestGateway.config(Limits.defaults()),
                                new SimpleMeterRegistry(),
                                new FakeControl());
                RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort())) {
            publisher.publish("live1?key=key-live1");
            publisher.sendHeaders();
            publisher.message(9, 0, picture(0));
            Waiting.until("the stream is there", () -> gateway.streams().find("live1") != null);
            try (HttpTestClient slow = HttpTestClient.get(gateway.mediaPort(), "/live/live1.flv");
                    HttpTestClient quick =
                            HttpTestClient.get(gateway.mediaPort(), "/live/live1.flv")) {
                slow.flvHeader();
                quick.flvHeader();
                assertThat(numbers(quick, 0)).containsExactly(0);
                for (int i = 1; i < PICTURES; i++) {
                    publisher.message(9, i * 40, picture(i));
                    assertThat(numbers(quick, i)).containsExactly(i);
                }
                assertThat(gateway.meters().framesDropped.sum()).isPositive();

                List<Integer> seen = new ArrayList<>();
                int next = PICTURES;
                while (seen.isEmpty() || seen.getLast() < PICTURES) {
                    // The slow one reads now; pictures come until it is back at the newest.
                    publisher.message(9, next * 40, picture(next));
                    next++;
                    Tag tag;
                    do {
                        tag = slow.tag();
                    } while (!tag.picture());
                    assertThat(tag.body()).hasSize(PICTURE_BYTES);
                    seen.add(ByteBuffer.wrap(tag.body()).getInt(12));
                }
                int gaps = 0;
                for (int i = 1; i < seen.size(); i++) {
                    if (seen.get(i) != seen.get(i - 1) + 1) {
                        gaps++;
                        assertThat(seen.get(i) % GOP).as("after a gap comes a key frame").isZero();
                    }
                }
                assertThat(gaps).isPositive();
            }
        }
    }

    private static List<Integer> numbers(HttpTestClient viewer, int upTo) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        while (numbers.isEmpty() || numbers.getLast() < upTo) {
            Tag tag = viewer.tag();
            if (tag.picture()) {
                numbers.add(ByteBuffer.wrap(tag.body()).getInt(12));
            }
        }
        return numbers;
    }

    /** One slice that fills the picture; its number stands after the slice's first bytes. */
    private static byte[] picture(int number) {
        boolean key = number % GOP == 0;
        byte[] body = new byte[PICTURE_BYTES];
        ByteBuffer.wrap(body)
                .put(TestMedia.hex(key ? "17 01 000000" : "27 01 000000"))
                .putInt(PICTURE_BYTES - 9)
                .put(TestMedia.hex(key ? "658880" : "419a80"))
                .putInt(number);
        return body;
    }
}
