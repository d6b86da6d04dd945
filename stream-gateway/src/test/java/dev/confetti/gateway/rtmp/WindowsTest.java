package dev.confetti.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The windows of both directions. */
class WindowsTest {
    private final Acknowledger acknowledger = new Acknowledger(new GatewayMeters());
    private final EmbeddedChannel channel = new EmbeddedChannel(acknowledger, new Connection());
    private final ChannelHandlerContext last = channel.pipeline().context(Connection.class);

    /** Stands where the connection does. */
    private static final class Connection extends ChannelInboundHandlerAdapter {}

    @Test
    void whatArrivesIsAcknowledgedOnceAWindow() {
        receive(70_000);
        assertThat(sent()).as("not before connect").isEmpty();
        acknowledger.connected();
        acknowledger.window(100_000);
        receive(29_999);
        assertThat(sent()).isEmpty();
        receive(1);
        // chunk stream 2, time 0, 4 bytes, type 3: 100 000 bytes so far
        assertThat(sent()).isEqualTo("02000000000004030000000" + "0000186a0");
        receive(99_999);
        assertThat(sent()).isEmpty();
        receive(50_001);
        assertThat(sent()).endsWith("0003d090");
    }

    @Test
    void theCountOfBytesWrapsAt32Bits() {
        acknowledger.connected();
        acknowledger.window(0xffff_ffffL);
        ByteBuf much = Unpooled.wrappedBuffer(new byte[1 << 20]);
        for (long bytes = 0; bytes < 0x1_4000_0000L; bytes += 1 << 20) {
            channel.writeInbound(much.retainedDuplicate());
            ((ByteBuf) channel.readInbound()).release();
        }
        much.release();
        // every 2^31 - 1 bytes, at the next MiB
        assertThat(sent())
                .isEqualTo(
                        "020000000000040300000000"
                                + "80000000"
                                + "020000000000040300000000"
                                + "00000000");
    }

    @Test
    void nothingBeyondAClientsWindowIsSentUntilItAcknowledges() {
        PeerWindow window = limit(10_000);
        ChannelFuture first = write(4_000);
        ChannelFuture second = write(9_000);
        channel.flush();
        assertThat(sentBytes()).isEqualTo(10_000);
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isDone()).isFalse();
        assertThat(waiting()).isEqualTo(3_000);

        window.acknowledged(last, 500);
        assertThat(sentBytes()).isEqualTo(500);
        window.acknowledged(last, 400); // says less than before
        assertThat(sentBytes()).isZero();
        window.acknowledged(last, 10_500);
        assertThat(sentBytes()).isEqualTo(2_500);
        assertThat(second.isSuccess()).isTrue();
        assertThat(waiting()).isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void aWiderWindowLetsGoOfWhatWaits() {
        PeerWindow window = limit(10_000);
        var _ = write(25_000);
        channel.flush();
        assertThat(sentBytes()).isEqualTo(10_000);
        window.windowBytes(last, 20_000);
        assertThat(sentBytes()).isEqualTo(10_000);
        channel.finishAndReleaseAll();
    }

    @Test
    void whatTheClientGotBeforeItSetTheWindowDoesNotCount() {
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[30_000]));
        assertThat(sentBytes()).isEqualTo(30_000);
        PeerWindow window = limit(10_000);
        var _ = write(15_000);
        channel.flush();
        assertThat(sentBytes()).isEqualTo(10_000);
        window.acknowledged(last, 36_000);
        assertThat(sentBytes()).isEqualTo(5_000);
        channel.finishAndReleaseAll();
    }

    @Test
    void theBytesAreTheSameInTheSameOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PeerWindow window = limit(10_000);
        ByteBuf expected = Unpooled.buffer();
        ByteBuf actual = Unpooled.buffer();
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(6_000)];
            random.nextBytes(bytes);
            expected.writeBytes(bytes);
            var _ = channel.write(Unpooled.wrappedBuffer(bytes));
            channel.flush();
            collect(actual);
            long acknowledged = acknowledger.sentBytes() - random.nextInt(5_000);
            window.acknowledged(last, (int) Math.max(acknowledged, 0));
            collect(actual);
        }
        while (actual.readableBytes() < expected.readableBytes()) {
            window.acknowledged(last, (int) acknowledger.sentBytes());
            collect(actual);
        }
        assertThat(ByteBufUtil.equals(expected, actual)).as("seed %d", seed).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void whatWaitsIsReleasedWithItsConnection() {
        limit(10_000);
        ByteBuf held = Unpooled.buffer(20_000).writeZero(20_000);
        ChannelFuture written = channel.write(held);
        channel.flush();
        sentBytes();
        var _ = channel.close();
        assertThat(written.isDone()).isTrue();
        assertThat(written.isSuccess()).isFalse();
        assertThat(held.refCnt()).isZero();
    }

    private PeerWindow limit(long bytes) {
        PeerWindow window = new PeerWindow(channel, acknowledger, bytes);
        channel.pipeline().addBefore(last.name(), "window", window);
        return window;
    }

    private ChannelFuture write(int bytes) {
        return channel.write(Unpooled.wrappedBuffer(new byte[bytes]));
    }

    private long waiting() {
        return channel.unsafe().outboundBuffer().totalPendingWriteBytes();
    }

    private void receive(int bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[bytes]));
        channel.releaseInbound();
    }

    private String sent() {
        ByteBuf out = Unpooled.buffer();
        collect(out);
        return ByteBufUtil.hexDump(out);
    }

    private int sentBytes() {
        ByteBuf out = Unpooled.buffer();
        collect(out);
        return out.readableBytes();
    }

    private void collect(ByteBuf all) {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            all.writeBytes(out);
            out.release();
        }
    }
}
