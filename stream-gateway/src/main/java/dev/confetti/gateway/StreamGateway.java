package dev.confetti.gateway;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.control.ControlPlane;
import dev.confetti.gateway.control.HttpControlPlane;
import dev.confetti.gateway.cue.GiftFeed;
import dev.confetti.gateway.hook.HttpHooks;
import dev.confetti.gateway.http.HttpInitializer;
import dev.confetti.gateway.http.TlsInitializer;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.operations.StreamOperations;
import dev.confetti.gateway.play.PlayGate;
import dev.confetti.gateway.rtmp.RtmpInitializer;
import dev.confetti.gateway.stream.FlushPace;
import dev.confetti.gateway.stream.PublishGate;
import dev.confetti.gateway.stream.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media gateway: takes streams in over RTMP, puts gifts into them, gives them out over HTTP,
 * WebSocket and RTMP.
 *
 * <p>Started whole or not at all; closed in reverse.
 */
public final class StreamGateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamGateway.class);

    /** Beyond this the kernel would hold seconds of video for a viewer that does not read. */
    private static final long UNSENT_BYTES = 65_536;

    private static final int SEND_BUFFER_BYTES = 131_072;
    private static final int BACKLOG = 4096;
    private static final long HOOK_PAUSE_MS = 1_000;
    private static final long QUIET_MS = 50;
    private static final long SHUTDOWN_MS = 5_000;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Streams streams;
    private final GatewayMeters meters = new GatewayMeters();
    private final Channel media;
    private final @Nullable Channel mediaTls;
    private final Channel rtmp;
    private final @Nullable Channel rtmps;
    private final GiftFeed feed;

    private StreamGateway(
            GatewayConfig config,
            @Nullable ControlPlane ownControl,
            MeterRegistry registry,
            @Nullable Supplier<String> metricsPage)
            throws InterruptedException {
        LongSupplier clockMs = () -> System.nanoTime() / 1_000_000;
        meters.bindTo(registry);
        FlushPace pace = new FlushPace(config.flush());
        streams =
                new Streams(
                        config.limits(),
                        meters,
                        clockMs,
                        System::currentTimeMillis,
                        pace,
                        config.slate());
        try {
            ControlPlane control = ownControl;
            if (control == null) {
                HttpControlPlane http =
                        new HttpControlPlane(config.serviceUrl(), config.serviceToken());
                started.push(http);
                control = http;
            }
            Transport transport = Transport.best();
            MultiThreadIoEventLoopGroup loops = transport.eventLoops(config.eventLoops());
            LoopWatch.start(
                    loops,
                    share -> {
                        meters.busiestLoop(share);
                        pace.busiest(share);
                    });
            started.push(
                    () ->
                            loops.shutdownGracefully(QUIET_MS, SHUTDOWN_MS, TimeUnit.MILLISECONDS)
                                    .awaitUninterruptibly());
            started.push(() -> streams.endAll("the gateway is shutting down"));
            feed = GiftFeed.start(config.kafkaBootstrap(), config.publicUrl(), streams);
            started.push(feed);
            Connection.Observer observer = Connection.Observer.NONE;
            if (config.hookUrl() != null) {
                HttpHooks hooks =
                        new HttpHooks(
                                config.hookUrl(),
                                config.hookSecret(),
                                HOOK_PAUSE_MS,
                                meters.hooksFailed);
                started.push(hooks);
                observer = hooks;
            }
            PublishGate gate =
                    new PublishGate(control, streams, config.limits(), clockMs, UUID::randomUUID);
            PlayGate playGate = PlayGate.of(config.playTokenSecret(), InstantSource.system());
            RtmpInitializer plain =
                    new RtmpInitializer(gate, playGate, streams, config.limits(), meters, clockMs);
            HttpInitializer http =
                    new HttpInitializer(
                            streams,
                            playGate,
                            new StreamOperations(streams, config.serviceToken()),
                            config.limits(),
                            meters,
                            this::ready,
                            metricsPage);
            TlsConfig tls = config.tls();
            // The files are read first: a wrong one is said before any port is open.
            RtmpInitializer rtmpOverTls =
                    tls == null || tls.rtmpsPort() == null
                            ? null
                            : plain.over(tls.serverContext(context -> context));
            TlsInitializer httpOverTls =
                    tls == null || tls.mediaTlsPort() == null
                            ? null
                            : new TlsInitializer(
                                    tls.serverContext(TlsInitializer::offerHttp2),
                                    http,
                                    config.limits());
            rtmp = bind("RTMP", transport, loops, config, config.rtmpPort(), observer, plain);
            rtmps =
                    tls == null || tls.rtmpsPort() == null || rtmpOverTls == null
                            ? null
                            : bind(
                                    "RTMPS",
                                    transport,
                                    loops,
                                    config,
                                    tls.rtmpsPort(),
                                    observer,
                                    rtmpOverTls);
            mediaTls =
                    tls == null || tls.mediaTlsPort() == null || httpOverTls == null
                            ? null
                            : bind(
                                    "media TLS",
                                    transport,
                                    loops,
                                    config,
                                    tls.mediaTlsPort(),
                                    observer,
                                    httpOverTls);
            media = bind("media", transport, loops, config, config.mediaPort(), observer, http);
            LOG.info(
                    "gateway up on {}: RTMP {}, RTMPS {}, media {}, with TLS {} ({})",
                    config.bind(),
                    rtmpPort(),
                    rtmps == null ? "off" : port(rtmps),
                    mediaPort(),
                    mediaTls == null ? "off" : port(mediaTls),
                    transport);
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a gateway that asks the service at {@code serviceUrl}.
     *
     * @param registry where its figures are registered, as {@code confetti_gateway_…}
     */
    public static StreamGateway start(GatewayConfig config, MeterRegistry registry)
            throws InterruptedException {
        return new StreamGateway(config, null, registry, null);
    }

    /** Starts a gateway that asks the given control plane; the caller closes that. */
    public static StreamGateway start(
            GatewayConfig config, MeterRegistry registry, ControlPlane control)
            throws InterruptedException {
        return new StreamGateway(config, control, registry, null);
    }

    /** The same for a gateway that gives its figures out by itself, on its media port. */
    static StreamGateway startAlone(
            GatewayConfig config, MeterRegistry registry, Supplier<String> metricsPage)
            throws InterruptedException {
        return new StreamGateway(config, null, registry, metricsPage);
    }

    private Channel bind(
            String what,
            Transport transport,
            MultiThreadIoEventLoopGroup loops,
            GatewayConfig config,
            int port,
            Connection.Observer observer,
            ChannelHandler protocol)
            throws InterruptedException {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(transport.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(ChannelOption.ALLOCATOR, ByteBufAllocator.DEFAULT)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(512, 2048, 65_536))
                        .childOption(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(256 << 10, 512 << 10))
                        .childHandler(
                                new ConnectionGuard(
                                        config.limits().maxConnections(),
                                        meters,
                                        observer,
                                        protocol));
        switch (transport) {
            case EPOLL -> bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES);
            case NIO -> bootstrap.childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        }
        Channel channel;
        try {
            channel = bootstrap.bind(config.bind(), port).sync().channel();
        } catch (Exception e) {
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException(
                    what
                            + " port "
                            + config.bind()
                            + ":"
                            + port
                            + ": expected an address of this machine and a port that nobody uses,"
                            + " found: "
                            + (e.getMessage() == null ? e : e.getMessage()),
                    e);
        }
        started.push(() -> channel.close().awaitUninterruptibly());
        return channel;
    }

    /** The port that RTMP is really on. */
    public int rtmpPort() {
        return port(rtmp);
    }

    /** The port that RTMP over TLS is really on; -1 when it is off. */
    public int rtmpsPort() {
        return rtmps == null ? -1 : port(rtmps);
    }

    /** The port that HTTP and WebSocket are really on. */
    public int mediaPort() {
        return port(media);
    }

    /** The port that HTTP with TLS is really on; -1 when there is none. */
    public int mediaTlsPort() {
        return mediaTls == null ? -1 : port(mediaTls);
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Whether all ports are open and gifts are being read. */
    public boolean ready() {
        return media.isActive()
                && rtmp.isActive()
                && (rtmps == null || rtmps.isActive())
                && (mediaTls == null || mediaTls.isActive())
                && feed.ready();
    }

    Streams streams() {
        return streams;
    }

    /** What the gateway counts. */
    public GatewayMeters meters() {
        return meters;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("gateway: closing failed", e);
            }
        }
    }
}
