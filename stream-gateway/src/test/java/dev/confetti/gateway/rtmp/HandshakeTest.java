package dev.confetti.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.limits.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private static final String PLAYER = "Genuine Adobe Flash Player 001";
    private static final String SERVER = "Genuine Adobe Flash Media Server 001";
    private static final String SUFFIX =
            "f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae";

    @Test
    void withoutADigestTheBlockComesBackAndNoVersionIsNamed() {
        byte[] block = block(1);
        byte[] answer = answer(block, 1537);
        assertThat(answer[0]).isEqualTo((byte) 3);
        assertThat(Arrays.copyOfRange(answer, 1, 9)).containsOnly(0);
        assertThat(Arrays.copyOfRange(answer, 1537, 3073)).isEqualTo(block);
    }

    @Test
    void aBlockWithAWrongDigestIsOneWithout() throws Exception {
        byte[] block = clientBlock(772, 5);
        block[1000] ^= 1;
        byte[] answer = answer(block, 1537);
        assertThat(Arrays.copyOfRange(answer, 1537, 3073)).isEqualTo(block);
    }

    /** The four bytes at the place give the least and the greatest distance, and one between. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 727, 728, 1020})
    void aDigestIsAnsweredByDigests(int sum) throws Exception {
        for (int place : new int[] {8, 772}) {
            byte[] block = clientBlock(place, sum);
            for (int step : new int[] {1537, 1, 700}) {
                byte[] answer = answer(block, step);
                assertThat(answer).hasSize(3073);
                assertThat(answer[5]).as("version").isEqualTo((byte) 3);
                byte[] first = Arrays.copyOfRange(answer, 1, 1537);
                int offset = offset(first, place);
                assertThat(Arrays.copyOfRange(first, offset, offset + 32))
                        .isEqualTo(hmac(ascii(SERVER), without(first, offset)));
                byte[] second = Arrays.copyOfRange(answer, 1537, 3073);
                int clientOffset = offset(block, place);
                byte[] clientDigest = Arrays.copyOfRange(block, clientOffset, clientOffset + 32);
                byte[] key = hmac(concat(ascii(SERVER), hex(SUFFIX)), clientDigest);
                assertThat(Arrays.copyOfRange(second, 1504, 1536))
                        .isEqualTo(hmac(key, Arrays.copyOf(second, 1504)));
            }
        }
    }

    /** A client's block whose digest is at a place, as far behind as four bytes say. */
    private static byte[] clientBlock(int place, int sum) throws Exception {
        byte[] block = block(sum + place);
        block[4] = 9;
        for (int i = 0; i < 4; i++) {
            block[place + i] = (byte) Math.clamp(sum - 255L * i, 0, 255);
        }
        int offset = offset(block, place);
        assertThat(offset).isEqualTo(place + 4 + sum % 728);
        System.arraycopy(hmac(ascii(PLAYER), without(block, offset)), 0, block, offset, 32);
        return block;
    }

    private static byte[] answer(byte[] block, int step) {
        EmbeddedChannel channel =
                new EmbeddedChannel(
                        new Handshake(
                                () ->
                                        new ChunkDecoder(
                                                Limits.defaults(), new MemoryBudget(1 << 20))));
        byte[] sent = concat(new byte[] {3}, block);
        for (int at = 0; at < sent.length; at += step) {
            channel.writeInbound(Unpooled.copiedBuffer(sent, at, Math.min(step, sent.length - at)));
        }
        ByteBuf out = channel.readOutbound();
        byte[] answer = ByteBufUtil.getBytes(out);
        out.release();
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[1536])); // C2, whatever it says
        assertThat(channel.pipeline().get(ChunkDecoder.class)).isNotNull();
        channel.finishAndReleaseAll();
        return answer;
    }

    private static byte[] block(int seed) {
        byte[] block = new byte[1536];
        new Random(seed).nextBytes(block);
        return block;
    }

    private static int offset(byte[] block, int place) {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += block[place + i] & 0xff;
        }
        return place + 4 + sum % 728;
    }

    private static byte[] without(byte[] block, int offset) {
        return concat(
                Arrays.copyOf(block, offset), Arrays.copyOfRange(block, offset + 32, block.length));
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
