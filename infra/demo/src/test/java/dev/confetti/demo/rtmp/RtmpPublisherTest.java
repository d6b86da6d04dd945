package dev.confetti.demo.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.demo.flv.FlvBytes;
import dev.confetti.demo.pace.Pace;
import dev.confetti.demo.rtmp.StubRtmpServer.Received;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RtmpPublisherTest {
    private static final RtmpPublisher.Listener DEAF = new RtmpPublisher.Listener() {};

    private StubRtmpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubRtmpServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RtmpPublisher publish(RtmpPublisher.Listener listener) {
        return RtmpPublisher.start(
                RtmpTarget.of(server.url(), "live1", "secret"),
                FlvBytes.clip(),
                listener,
                Pace.SYSTEM);
    }

    /** The next packet of media. */
    private Received media() throws InterruptedException {
        while (true) {
            Received next = server.next();
            if (next.type() == 8 || next.type() == 9) {
                return next;
            }
        }
    }

    @Test
    void publishesUnderTheNameWithTheKeyAndGoesOnFromLoopToLoop() throws InterruptedException {
        try (RtmpPublisher publisher = publish(DEAF)) {
            Received header = media();
            assertThat(header.streamName()).isEqualTo("live1?key=secret");
            assertThat(header.body()).containsExactly(0x17, 0, 0, 0, 0, 1);
            long first = header.timestampMs();
            assertThat(first % 80).isZero();
            List<Long> times = new ArrayList<>();
            List<Integer> marks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Received packet = media();
                times.add(packet.timestampMs() - first);
                marks.add((int) packet.body()[packet.body().length - 1]);
            }
            assertThat(times)
                    .containsExactly(
                            0L, 0L, 40L, 40L, 80L, 80L, 120L, 120L, 160L, 160L, 200L, 200L);
            assertThat(marks).containsExactly(1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4);
            assertThat(publisher.refusal()).isEmpty();
        }
    }

    @Test
    void saysGoodbyeWhenItIsClosed() throws Exception {
        try (RtmpPublisher publisher = publish(DEAF)) {
            media();
            assertThat(publisher.refusal()).isEmpty();
        }
        List<Object> commands = new ArrayList<>();
        while (commands.isEmpty() || !commands.getLast().equals("deleteStream")) {
            Received next = server.next();
            if (next.type() == 20) {
                commands.add(String.valueOf(Amf0.decode(next.body()).getFirst()));
            }
        }
        assertThat(commands).containsExactly("FCUnpublish", "deleteStream");
    }

    @Test
    void endsWithTheServersOwnWordsWhenRefused() throws InterruptedException {
        server.refuseNext("NetStream.Publish.BadName");
        try (RtmpPublisher publisher = publish(DEAF)) {
            publisher.awaitEnd();
            RtmpRefusedException refusal = publisher.refusal().orElseThrow();
            assertThat(refusal.code()).isEqualTo("NetStream.Publish.BadName");
            assertThat(refusal).hasMessage("NetStream.Publish.BadName: the key does not fit");
        }
    }

    @Test
    void comesBackAfterALostConnectionWithTimeThatNeverRunsBackward() throws Exception {
        BlockingQueue<Long> retries = new LinkedBlockingQueue<>();
        RtmpPublisher.Listener listener =
                new RtmpPublisher.Listener() {
                    @Override
                    public void interrupted(IOException reason, long retryInMs) {
                        retries.add(retryInMs);
                    }
                };
        try (RtmpPublisher publisher = publish(listener)) {
            Received last = media();
            server.drop();
            Received next = media();
            while (next.connection() == 1) {
                last = next;
                next = media();
            }
            assertThat(retries.poll(30, TimeUnit.SECONDS)).isEqualTo(250);
            assertThat(next.connection()).isEqualTo(2);
            assertThat(next.body())
                    .as("the decoder's configuration comes first again")
                    .containsExactly(0x17, 0, 0, 0, 0, 1);
            assertThat(next.timestampMs()).isGreaterThan(last.timestampMs());
            assertThat(media().body()[0]).as("then a key frame").isEqualTo((byte) 0x17);
            assertThat(publisher.refusal()).isEmpty();
        }
    }

    @Test
    void answersPingsAndAcknowledgesWhatItRead() throws InterruptedException {
        server.ping();
        try (RtmpPublisher publisher = publish(DEAF)) {
            boolean pong = false;
            boolean acknowledged = false;
            while (!pong || !acknowledged) {
                Received next = server.next();
                acknowledged |= next.type() == 3;
                if (next.type() == 4) {
                    assertThat(next.body()).containsExactly(0, 7, 1, 2, 3, 4);
                    pong = true;
                }
            }
            assertThat(publisher.refusal()).isEmpty();
        }
    }

    @Test
    void aServerThatSpeaksSomethingElseIsTriedAgain() throws Exception {
        BlockingQueue<IOException> reasons = new LinkedBlockingQueue<>();
        try (ServerSocket web = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (var socket = web.accept()) {
                                    socket.getOutputStream()
                                            .write(
                                                    "HTTP/1.1 400 Bad Request\r\n\r\n"
                                                            .getBytes(
                                                                    java.nio.charset
                                                                            .StandardCharsets
                                                                            .US_ASCII));
                                    socket.getInputStream().readNBytes(1537);
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            });
            RtmpTarget target =
                    RtmpTarget.of("rtmp://127.0.0.1:" + web.getLocalPort(), "live1", "secret");
            RtmpPublisher.Listener listener =
                    new RtmpPublisher.Listener() {
                        @Override
                        public void interrupted(IOException reason, long retryInMs) {
                            reasons.add(reason);
                        }
                    };
            try (RtmpPublisher publisher =
                    RtmpPublisher.start(target, FlvBytes.clip(), listener, Pace.SYSTEM)) {
                assertThat(reasons.poll(30, TimeUnit.SECONDS))
                        .hasMessage("expected an RTMP server (version 3), got a first byte of 72");
                assertThat(publisher.refusal()).isEmpty();
            }
        }
    }
}
