package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.stream.Stream;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of an RTMP client. The first byte says whether they begin with the handshake or after
 * it, two more where they are cut: cut or whole, the same comes of them. Whatever was published is
 * then watched, as HTTP-FLV and as HLS.
 */
class RtmpFuzzTest {
    private static final byte[] CLIENT_BLOCKS = new byte[1 + 2 * 1536];
    private static final int SERVER_BLOCKS_BYTES = 1 + 2 * 1536;

    static {
        CLIENT_BLOCKS[0] = 3;
    }

    /** What came of the bytes. */
    private record Outcome(boolean open, String answers, List<String> asked, String watched) {}

    @FuzzTest
    @DictionaryEntries({
        "connect",
        "createStream",
        "publish",
        "play",
        "deleteStream",
        "FCUnpublish",
        "closeStream",
        "@setDataFrame",
        "onMetaData",
        "onGift",
        "pause",
        "receiveVideo",
        "live1",
        "?key=k",
        "app",
        "tcUrl",
        "flashVer",
        "\\x09\\x00\\x00\\x00\\x00",
        "\\x17\\x01\\x00\\x00\\x00",
        "\\x90hvc1",
        "\\x91av01",
        "\\x90Opus",
        "\\xff\\xff\\xff",
        "\\x00\\x00\\x09"
    })
    void bytes(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        boolean shaken = (in.oneByte() & 1) == 0;
        int seed = in.twoBytes();
        byte[] wire = in.rest();
        Oracles.withoutWarnings(
                () -> {
                    Outcome whole = receive(shaken, List.of(wire));
                    Outcome cut = receive(shaken, FuzzInput.pieces(wire, seed));
                    if (whole.open() && cut.open()) {
                        assertThat(cut).isEqualTo(whole);
                    } else {
                        assertThat(cut.open()).as("open").isEqualTo(whole.open());
                    }
                });
    }

    private static Outcome receive(boolean shaken, List<byte[]> pieces) {
        try (FuzzGateway gateway = new FuzzGateway()) {
            EmbeddedChannel client = gateway.rtmp();
            long received = 0;
            if (shaken) {
                gateway.receive(client, CLIENT_BLOCKS);
            }
            for (byte[] piece : pieces) {
                gateway.receive(client, piece);
                received += piece.length;
                // Buffers grow by doubling; a message of no bytes has one, and is answered.
                assertThat(gateway.heldBytes())
                        .as("bytes held of %d", received)
                        .isLessThan(SERVER_BLOCKS_BYTES + 200_000 + 40 * received);
            }
            String watched = watch(gateway);
            byte[] answers = gateway.sent(client);
            boolean open = client.isOpen();
            if (!open) {
                reason(Connection.of(client).endReason());
            }
            int random = Math.min(answers.length, SERVER_BLOCKS_BYTES);
            return new Outcome(
                    open,
                    Arrays.toString(Arrays.copyOfRange(answers, random, answers.length)),
                    List.copyOf(gateway.asked),
                    watched);
        }
    }

    /** The reason of an end is ours, never that of an error in our code. */
    private static void reason(String reason) {
        assertThat(reason).doesNotContain("Exception").doesNotContain("java.");
    }

    /** Everything that is live now, by all ways. */
    private static String watch(FuzzGateway gateway) {
        StringBuilder watched = new StringBuilder();
        for (Stream stream : gateway.streams.all()) {
            String live = "/live/" + stream.liveId();
            EmbeddedChannel viewer = gateway.http();
            gateway.gift(stream.liveId(), Cues.rose(1));
            get(gateway, viewer, live + ".flv");
            EmbeddedChannel files = gateway.http();
            get(gateway, files, live + "/index.m3u8");
            gateway.pass(1000); // a gift that no picture came for
            watched.append(FlvCheck.summary(gateway.sent(viewer)));
            for (String file : List.of("video.m3u8", "audio.m3u8")) {
                get(gateway, files, live + "/" + file);
            }
            gateway.pass(1000);
            String answers = new String(gateway.sent(files), StandardCharsets.ISO_8859_1);
            assertThat(answers).doesNotContain("HTTP/1.1 500");
        }
        return watched.toString();
    }

    private static void get(FuzzGateway gateway, EmbeddedChannel channel, String path) {
        gateway.receive(
                channel,
                ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
