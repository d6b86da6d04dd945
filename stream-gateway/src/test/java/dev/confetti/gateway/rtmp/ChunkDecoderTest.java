package dev.confetti.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.limits.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkDecoderTest {
    private static final Limits LIMITS = Limits.defaults();

    /** Fmt 0 on stream 6: time 1000, 4 bytes, video, message stream 1. */
    private static final String FIRST = "06 0003e8 000004 09 01000000 01020304";

    /** Fmt 1: 40 ms later, 3 bytes. */
    private static final String SECOND = "46 000028 000003 09 0a0b0c";

    /** Fmt 2: 20 ms later, same length and type. */
    private static final String THIRD = "86 000014 0d0e0f";

    /** Fmt 3: the same delta again. */
    private static final String FOURTH = "c6 101112";

    private static final List<String> FOUR_MESSAGES =
            List.of("9@1000 01020304", "9@1040 0a0b0c", "9@1060 0d0e0f", "9@1080 101112");

    @Test
    void allFourHeaderFormatsAreRead() {
        assertThat(decode(FIRST + SECOND + THIRD + FOURTH)).isEqualTo(FOUR_MESSAGES);
    }

    @Test
    void oneByteAtATimeGivesTheSame() {
        byte[] bytes = TestMedia.hex(FIRST, SECOND, THIRD, FOURTH);
        EmbeddedChannel channel = channel();
        for (byte b : bytes) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {b}));
        }
        assertThat(messages(channel)).isEqualTo(FOUR_MESSAGES);
    }

    @Test
    void anySplitGivesTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] body = new byte[9000];
        random.nextBytes(body);
        ByteBuf wire = Unpooled.buffer();
        wire.writeBytes(TestMedia.hex("02 000000 000004 01 00000000 00001000")); // chunk size 4096
        for (int chunk = 0; chunk < 3; chunk++) {
            wire.writeBytes(
                    TestMedia.hex(
                            chunk == 0 ? "04 ffffff 002328 08 01000000 01000000" : "c4 01000000"));
            wire.writeBytes(body, chunk * 4096, Math.min(4096, 9000 - chunk * 4096));
            if (chunk == 1) {
                wire.writeBytes(TestMedia.hex("06 0003e8 000004 09 01000000 01020304"));
            }
        }
        byte[] bytes = ByteBufUtil.getBytes(wire);
        for (int round = 0; round < 100; round++) {
            EmbeddedChannel channel = channel();
            for (int at = 0; at < bytes.length; ) {
                int length =
                        Math.min(1 + random.nextInt(1 + random.nextInt(2000)), bytes.length - at);
                channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
                at += length;
            }
            assertThat(messages(channel))
                    .as("seed %d, round %d", seed, round)
                    .containsExactly(
                            "9@1000 01020304", "8@16777216 " + HexFormat.of().formatHex(body));
        }
    }

    @Test
    void chunkStreamsOfTwoAndThreeBytesAreRead() {
        // id 64 + 1 = 65; id 64 + 0x0101 little endian = 321
        assertThat(
                        decode(
                                "00 01 000001 000001 08 01000000 aa"
                                        + "01 0101 000002 000001 08 01000000 bb"))
                .containsExactly("8@1 aa", "8@2 bb");
    }

    @Test
    void aDeltaWithAnExtendedTimestampIsAdded() {
        assertThat(
                        decode(
                                "06 000001 000001 09 01000000 aa"
                                        + "86 ffffff 01000000 bb"
                                        + "c6 01000000 cc"))
                .containsExactly("9@1 aa", "9@16777217 bb", "9@33554433 cc");
    }

    @Test
    void anEncoderThatLeavesTheExtendedTimestampOutOfFmt3IsUnderstood() {
        String body = "11".repeat(128);
        assertThat(decode("06 ffffff 000084 09 01000000 02000000" + body + "c6 22222222"))
                .containsExactly("9@33554432 " + body + "22222222");
        assertThat(decode("06 ffffff 000084 09 01000000 02000000" + body + "c6 02000000 22222222"))
                .containsExactly("9@33554432 " + body + "22222222");
    }

    @Test
    void timestampsWrapByDeltasOfEveryKind() {
        assertThat(
                        decode(
                                "06 ffffff 000001 09 01000000 fffffff0 aa"
                                        + "46 000020 000001 09 bb" // 32 ms later
                                        + "86 ffffff fffffff0 cc" // 2^32 - 16 later
                                        + "c6 fffffff0 dd"
                                        + "06 000005 000001 09 01000000 ee"
                                        + "c6 ff")) // a time of 5 is a delta of 5 (5.3.1.2.4)
                .containsExactly(
                        "9@4294967280 aa",
                        "9@16 bb",
                        "9@0 cc",
                        "9@4294967280 dd",
                        "9@5 ee",
                        "9@10 ff");
    }

    @Test
    void anExtendedTimestampIsReadInChunksOfAllStreamsWhateverIsBetween() {
        String body = "11".repeat(128);
        assertThat(
                        decode(
                                "06 ffffff 000084 09 01000000 02000000"
                                        + body
                                        + "04 ffffff 000084 08 01000000 03000000"
                                        + body
                                        + "c6 02000000 22222222"
                                        + "c4 33333333" // left out here
                                        + "44 ffffff 000001 08 01000000 44"))
                .containsExactly(
                        "9@33554432 " + body + "22222222",
                        "8@50331648 " + body + "33333333",
                        "8@67108864 44");
    }

    @Test
    void afterAnAbortTheMessageBeginsAnew() {
        String body = "11".repeat(128);
        assertThat(
                        decode(
                                "06 000001 000100 09 01000000 "
                                        + body
                                        + "02 000000 000004 02 00000000 00000006"
                                        + "06 000002 000001 09 01000000 aa"))
                .containsExactly("9@2 aa");
    }

    @Test
    void anEmptyMessageIsAMessage() {
        assertThat(decode("06 000001 000000 08 01000000")).containsExactly("8@1 ");
    }

    @Test
    void aLengthChangedInTheMiddleOfAMessageIsRefused() {
        String body = "11".repeat(128);
        for (String header :
                List.of("06 000001 ffff00 09 01000000", "46 000001 ffff00 09", "86 000001")) {
            assertRefused("06 000001 000100 09 01000000" + body + header, "inside a message");
        }
    }

    @Test
    void chunkSizesOutsideTheRangeAreRefused() {
        for (String size :
                List.of("7fffffff", "00000000", "00000001", "0000007f", "00010001", "ffffffff")) {
            assertRefused("02 000000 000004 01 00000000 " + size, "expected 128 to 65536");
        }
        assertRefused("02 000000 000002 01 00000000 0000", "chunk size message of 2 bytes");
    }

    @Test
    void theSeventeenthChunkStreamIsRefused() {
        StringBuilder wire = new StringBuilder();
        for (int id = 3; id < 3 + 16; id++) {
            wire.append("%02x 000000 000001 08 01000000 00".formatted(id));
        }
        assertThat(decode(wire.toString())).hasSize(16);
        assertRefused(wire + "33 000000 000001 08 01000000 00", "expected at most 16");
    }

    @Test
    void aMessageOfMoreThanACommandsSizeIsRefusedBeforePublishing() {
        assertRefused("06 000000 010001 09 01000000", "expected at most 65536");
        EmbeddedChannel channel = channel();
        channel.pipeline().get(ChunkDecoder.class).allowMedia();
        channel.writeInbound(Unpooled.wrappedBuffer(TestMedia.hex("06 000000 010001 09 01000000")));
        assertThat(messages(channel)).isEmpty();
        channel.finishAndReleaseAll();
        EmbeddedChannel other = channel();
        other.pipeline().get(ChunkDecoder.class).allowMedia();
        assertThatThrownBy(
                        () ->
                                other.writeInbound(
                                        Unpooled.wrappedBuffer(
                                                TestMedia.hex("07 000000 ffffff 09 01000000"))))
                .hasRootCauseMessage("message of 16777215 bytes: expected at most 8388608");
    }

    @Test
    void aChunkStreamThatBeginsWithoutAHeaderIsRefused() {
        assertRefused("c6 00", "begins with fmt 3");
    }

    @Test
    void memoryGrowsWithWhatArrivedAndIsGivenBack() {
        MemoryBudget budget = new MemoryBudget(1 << 20);
        EmbeddedChannel channel = new EmbeddedChannel(new ChunkDecoder(LIMITS, budget));
        channel.pipeline().get(ChunkDecoder.class).allowMedia();
        for (int id = 3; id < 19; id++) { // 16 messages of 8 MiB declared, 100 bytes sent
            channel.writeInbound(
                    Unpooled.wrappedBuffer(
                            TestMedia.hex(
                                    "%02x 000000 800000 09 01000000".formatted(id),
                                    "00".repeat(128))));
        }
        assertThat(budget.usedBytes()).isEqualTo(16 * 128);
        channel.finishAndReleaseAll();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void allConnectionsTogetherHaveALimit() {
        MemoryBudget budget = new MemoryBudget(200);
        EmbeddedChannel one = new EmbeddedChannel(new ChunkDecoder(LIMITS, budget));
        EmbeddedChannel two = new EmbeddedChannel(new ChunkDecoder(LIMITS, budget));
        byte[] start = TestMedia.hex("06 000000 000100 09 01000000", "00".repeat(128));
        one.writeInbound(Unpooled.wrappedBuffer(start));
        assertThatThrownBy(() -> two.writeInbound(Unpooled.wrappedBuffer(start)))
                .isInstanceOf(DecoderException.class)
                .hasMessageContaining("all connections together");
        one.finishAndReleaseAll();
        two.finishAndReleaseAll();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void randomBytesNeverDoMoreThanFail() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            EmbeddedChannel channel = channel();
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            try {
                channel.writeInbound(Unpooled.wrappedBuffer(bytes));
            } catch (DecoderException e) {
                assertThat(e.getCause()).as("seed %d", seed).isInstanceOf(RtmpException.class);
            }
            channel.finishAndReleaseAll();
        }
    }

    private static EmbeddedChannel channel() {
        return new EmbeddedChannel(new ChunkDecoder(LIMITS, new MemoryBudget(1 << 30)));
    }

    private static List<String> decode(String hex) {
        EmbeddedChannel channel = channel();
        channel.writeInbound(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
        return messages(channel);
    }

    private static List<String> messages(EmbeddedChannel channel) {
        List<String> messages = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            RtmpMessage message = (RtmpMessage) next;
            messages.add(
                    message.type()
                            + "@"
                            + Integer.toUnsignedString(message.timestampMs())
                            + " "
                            + ByteBufUtil.hexDump(message.content()));
            message.release();
        }
        return messages;
    }

    private static void assertRefused(String hex, String message) {
        EmbeddedChannel channel = channel();
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(TestMedia.hex(hex))))
                .isInstanceOf(DecoderException.class)
                .hasCauseInstanceOf(RtmpException.class)
                .hasMessageContaining(message);
        channel.finishAndReleaseAll();
    }
}
