package dev.confetti.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.limits.Limits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeepAliveQueueTest {
    private final EmbeddedChannel channel =
            new EmbeddedChannel(
                    new RequestDeadline(Limits.defaults()), new KeepAlive(Limits.defaults()));

    @Test
    void theNextRequestGoesOnWhenTheAnswerHasBeenTakenAndNothingIsReadMeanwhile() {
        channel.writeInbound(get("/1"), get("/2"), get("/3"));
        assertThat(asked()).isEqualTo("/1");
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(channel.config().isAutoRead()).isFalse();
        answer();
        assertThat(asked()).isEqualTo("/2");
        assertThat(channel.inboundMessages()).isEmpty();
        answer();
        assertThat(asked()).isEqualTo("/3");
        assertThat(channel.config().isAutoRead()).isFalse();
        answer();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void aLongerQueueThanAnyClientHasIsClosed() {
        for (int i = 0; i <= KeepAlive.MAX_PIPELINED; i++) {
            channel.writeInbound(get("/" + i));
        }
        assertThat(channel.isOpen()).isTrue();
        var _ = channel.writeOneInbound(get("/more"));
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }

    @Test
    void aClientThatDoesNotTakeItsAnswerIsClosed() {
        List<Object> held = new ArrayList<>();
        EmbeddedChannel slow =
                new EmbeddedChannel(
                        new ChannelOutboundHandlerAdapter() {
                            @Override
                            public void write(
                                    ChannelHandlerContext ctx,
                                    Object message,
                                    ChannelPromise promise) {
                                held.add(message);
                            }
                        },
                        new RequestDeadline(Limits.defaults()),
                        new KeepAlive(Limits.defaults()));
        slow.freezeTime();
        slow.writeInbound(get("/1"));
        slow.releaseInbound();
        var _ =
                slow.writeAndFlush(
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        slow.advanceTimeBy(29_999, TimeUnit.MILLISECONDS);
        slow.runPendingTasks();
        assertThat(held).hasSize(1);
        assertThat(slow.isOpen()).isTrue();
        slow.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        slow.runPendingTasks();
        assertThat(slow.isOpen()).isFalse();
        held.forEach(ReferenceCountUtil::release);
        slow.finishAndReleaseAll();
    }

    private static FullHttpRequest get(String uri) {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
    }

    private String asked() {
        FullHttpRequest request = channel.readInbound();
        request.release();
        return request.uri();
    }

    private void answer() {
        channel.writeOutbound(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        FullHttpResponse response = channel.readOutbound();
        response.release();
    }
}
