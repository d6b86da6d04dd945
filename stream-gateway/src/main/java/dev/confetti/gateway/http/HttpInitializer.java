package dev.confetti.gateway.http;

import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.operations.StreamOperations;
import dev.confetti.gateway.play.PlayGate;
import dev.confetti.gateway.stream.Streams;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets up each HTTP connection: deadline → HTTP → whole requests → one at a time → answers. */
public final class HttpInitializer extends ChannelInitializer<Channel> {
    private static final int MAX_REQUEST_LINE_BYTES = 4096;
    private static final int MAX_HEADER_BYTES = 8192;
    private static final int MAX_BODY_BYTES = 1024;

    /** As for whole connections. */
    private static final WriteBufferWaterMark STREAM_WATER_MARK =
            new WriteBufferWaterMark(256 << 10, 512 << 10);

    private final Streams streams;
    private final PlayGate playGate;
    private final StreamOperations operations;
    private final Limits limits;
    private final GatewayMeters meters;
    private final BooleanSupplier ready;
    private final @Nullable Supplier<String> metrics;

    public HttpInitializer(
            Streams streams,
            PlayGate playGate,
            StreamOperations operations,
            Limits limits,
            GatewayMeters meters,
            BooleanSupplier ready,
            @Nullable Supplier<String> metrics) {
        this.streams = streams;
        this.playGate = playGate;
        this.operations = operations;
        this.limits = limits;
        this.meters = meters;
        this.ready = ready;
        this.metrics = metrics;
    }

    @Override
    protected void initChannel(Channel channel) {
        setUp(channel.pipeline());
    }

    /** HTTP/1.1 on a connection. */
    void setUp(ChannelPipeline pipeline) {
        pipeline.addLast(new RequestDeadline(limits))
                .addLast(
                        new HttpServerCodec(
                                new HttpDecoderConfig()
                                        .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                                        .setMaxHeaderSize(MAX_HEADER_BYTES)))
                .addLast(new WholeRequests(MAX_BODY_BYTES))
                .addLast(new KeepAlive(limits))
                .addLast(requests());
    }

    private MediaRequests requests() {
        return new MediaRequests(streams, playGate, operations, limits, meters, ready, metrics);
    }

    /** One request over HTTP/2. */
    void setUpStream(Channel stream) {
        stream.config().setWriteBufferWaterMark(STREAM_WATER_MARK);
        stream.pipeline()
                .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                .addLast(new WholeRequests(MAX_BODY_BYTES))
                .addLast(requests());
    }
}
