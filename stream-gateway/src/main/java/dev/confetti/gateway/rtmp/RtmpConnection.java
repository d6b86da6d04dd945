package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.amf.MalformedAmfException;
import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.flv.TagReader;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.play.PlayGate;
import dev.confetti.gateway.play.PlayRight;
import dev.confetti.gateway.stream.Admission;
import dev.confetti.gateway.stream.LiveName;
import dev.confetti.gateway.stream.Passage;
import dev.confetti.gateway.stream.Publication;
import dev.confetti.gateway.stream.PublishGate;
import dev.confetti.gateway.stream.Publisher;
import dev.confetti.gateway.stream.Stream;
import dev.confetti.gateway.stream.Streams;
import dev.confetti.gateway.stream.Viewer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RTMP client after its handshake: {@code connect}, then {@code publish} or {@code play}, then
 * media, then clean up.
 */
final class RtmpConnection extends SimpleChannelInboundHandler<RtmpMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(RtmpConnection.class);
    private static final String PROTOCOL = "rtmp";

    /** Time for the peer to read why it is closed, before unread input turns it into a reset. */
    private static final long LINGER_MS = 300;

    private static final int LIMIT_HARD = 0;
    private static final int LIMIT_SOFT = 1;
    private static final int LIMIT_DYNAMIC = 2;

    /** What a publisher may send ahead while its key is checked. */
    private static final int MAX_AHEAD_BYTES = 1 << 20;

    private enum Phase {
        CONNECTING,
        CONNECTED,
        AUTHORISING,
        PUBLISHING,
        PLAYING,
        CLOSING
    }

    private final PublishGate gate;
    private final PlayGate playGate;
    private final Streams streams;
    private final Limits limits;
    private final GatewayMeters meters;
    private final LongSupplier clockMs;
    private final Acknowledger acknowledger;

    /** More than a viewer may have waiting, which is a GOP to start with and its queue. */
    private final long mostWaitingBytes;

    private final Queue<RtmpMessage> ahead = new ArrayDeque<>();
    private int aheadBytes;

    private Phase phase = Phase.CONNECTING;
    private ConnectPath connected = new ConnectPath("", "", "");
    private String liveId = "";
    private String userAgent = "";
    private @Nullable Viewer viewer;
    private @Nullable PeerWindow window;
    private boolean limitWasHard;
    private @Nullable Publication publication;
    private @Nullable TagReader tags;
    private @Nullable Future<?> deadline;
    private long lastMessageMs;

    RtmpConnection(
            PublishGate gate,
            PlayGate playGate,
            Streams streams,
            Limits limits,
            GatewayMeters meters,
            LongSupplier clockMs,
            Acknowledger acknowledger) {
        this.gate = gate;
        this.playGate = playGate;
        this.streams = streams;
        this.limits = limits;
        this.meters = meters;
        this.clockMs = clockMs;
        this.acknowledger = acknowledger;
        this.mostWaitingBytes = limits.gopCacheBytes() + 2L * limits.clientQueueBytes();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        deadline(ctx, limits.connectTimeoutMs(), "no handshake and connect");
        ctx.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, RtmpMessage message) {
        lastMessageMs = clockMs.getAsLong();
        if (phase != Phase.CLOSING
                && ctx.channel().isActive()
                && ctx.channel().bytesBeforeWritable() > mostWaitingBytes) {
            throw new RtmpException(
                    "more than "
                            + mostWaitingBytes
                            + " bytes wait for this client: expected it to read the answers");
        }
        switch (phase) {
            case CLOSING -> {}
            case AUTHORISING -> keep(message);
            case CONNECTING, CONNECTED, PUBLISHING, PLAYING -> message(ctx, message);
        }
    }

    private void keep(RtmpMessage message) {
        aheadBytes += message.content().readableBytes();
        if (aheadBytes > MAX_AHEAD_BYTES) {
            throw new RtmpException(
                    "more than " + MAX_AHEAD_BYTES + " bytes before the stream key was checked");
        }
        message.retain();
        ahead.add(message);
    }

    private void message(ChannelHandlerContext ctx, RtmpMessage message) {
        ByteBuf body = message.content();
        switch (message.type()) {
            case RtmpMessage.COMMAND -> command(ctx, body);
            case RtmpMessage.COMMAND_AMF3 -> {
                body.skipBytes(Math.min(1, body.readableBytes())); // AMF0 follows
                command(ctx, body);
            }
            case RtmpMessage.AUDIO, RtmpMessage.VIDEO, RtmpMessage.DATA ->
                    media(ctx, message.type(), message.timestampMs(), body);
            case RtmpMessage.DATA_AMF3 -> {
                body.skipBytes(Math.min(1, body.readableBytes()));
                media(ctx, RtmpMessage.DATA, message.timestampMs(), body);
            }
            case RtmpMessage.AGGREGATE -> aggregate(ctx, message.timestampMs(), body);
            case RtmpMessage.WINDOW_ACKNOWLEDGEMENT_SIZE -> {
                if (body.readableBytes() >= 4) {
                    acknowledger.window(body.readUnsignedInt());
                }
            }
            case RtmpMessage.SET_PEER_BANDWIDTH -> limitOutput(ctx, body);
            case RtmpMessage.ACKNOWLEDGEMENT -> {
                if (window != null && body.readableBytes() >= 4) {
                    window.acknowledged(ctx, body.readInt());
                }
            }
            case RtmpMessage.USER_CONTROL -> userControl(ctx, body);
            default -> {} // shared objects and such: nothing to do
        }
    }

    /** The client says how much may be under way to it (5.4.5), and is told when to acknowledge. */
    private void limitOutput(ChannelHandlerContext ctx, ByteBuf body) {
        if (body.readableBytes() < 5) {
            return;
        }
        long bytes = Math.max(body.readUnsignedInt(), PeerWindow.LEAST_WINDOW_BYTES);
        int kind = body.readUnsignedByte();
        PeerWindow current = window;
        boolean applies =
                switch (kind) {
                    case LIMIT_HARD -> true;
                    case LIMIT_SOFT -> current == null || bytes < current.windowBytes();
                    case LIMIT_DYNAMIC -> limitWasHard;
                    default -> false;
                };
        limitWasHard = kind == LIMIT_HARD || (kind == LIMIT_DYNAMIC && limitWasHard);
        if (!applies) {
            return;
        }
        Sending.send(ctx, Replies.windowAcknowledgementSize(ctx.alloc(), (int) (bytes / 2)));
        if (current == null) {
            window = new PeerWindow(ctx.channel(), acknowledger, bytes);
            ctx.pipeline().addBefore(ctx.name(), "window", window);
        } else {
            current.windowBytes(ctx, bytes);
        }
    }

    private void userControl(ChannelHandlerContext ctx, ByteBuf body) {
        boolean ping = body.readableBytes() >= 6 && body.readUnsignedShort() == 6;
        if (ping) {
            Sending.send(ctx, Replies.pong(ctx.alloc(), body.readInt()));
        }
    }

    // ---- commands

    private void command(ChannelHandlerContext ctx, ByteBuf body) {
        Command command = Command.read(body);
        String name = command.name();
        double transaction = command.transaction();
        if (phase == Phase.CONNECTING && !name.equals("connect")) {
            throw new RtmpException(
                    "command \"" + Command.shown(name) + "\": expected connect first");
        }
        switch (name) {
            case "connect" -> connect(ctx, command);
            case "createStream" ->
                    Sending.send(
                            ctx,
                            Replies.result(
                                    ctx.alloc(),
                                    transaction,
                                    AmfValue.of(RtmpMuxer.MESSAGE_STREAM)));
            case "releaseStream", "_checkbw" -> acknowledge(ctx, transaction);
            case "FCPublish" -> {
                Sending.write(ctx, Replies.onFcPublish(ctx.alloc()));
                acknowledge(ctx, transaction);
            }
            case "FCSubscribe" -> {
                Sending.write(ctx, Replies.onFcSubscribe(ctx.alloc()));
                acknowledge(ctx, transaction);
            }
            case "getStreamLength" -> // a live has none
                    Sending.send(ctx, Replies.result(ctx.alloc(), transaction, AmfValue.of(0)));
            case "publish" -> publish(ctx, command.streamName());
            case "play" -> play(ctx, command.streamName());
            case "pause", "pauseRaw" -> pause(ctx, command);
            case "seek" -> seek(ctx, transaction);
            case "receiveAudio", "receiveVideo" -> receive(ctx, command);
            case "FCUnpublish", "deleteStream", "closeStream" -> unpublish(ctx, name, transaction);
            default -> unknown(ctx, transaction, name);
        }
    }

    private static void acknowledge(ChannelHandlerContext ctx, double transaction) {
        if (transaction == 0) {
            ctx.flush();
        } else {
            Sending.send(ctx, Replies.result(ctx.alloc(), transaction, AmfValue.Nothing.UNDEFINED));
        }
    }

    private static void unknown(ChannelHandlerContext ctx, double transaction, String name) {
        if (transaction != 0) {
            Sending.send(
                    ctx,
                    Replies.error(
                            ctx.alloc(),
                            transaction,
                            "NetConnection.Call.Failed",
                            "method \"" + Command.shown(name) + "\": not known here"));
        }
    }

    private void connect(ChannelHandlerContext ctx, Command command) {
        if (phase != Phase.CONNECTING) {
            throw new RtmpException("second connect: expected one");
        }
        // First of all, since every answer after it may be longer than a chunk of 128 bytes.
        Sending.write(ctx, Replies.beforeConnectResult(ctx.alloc()));
        String app = command.property("app");
        userAgent = command.property("flashVer");
        ConnectPath path = ConnectPath.parse(app, command.property("tcUrl"));
        if (path == null) {
            String description =
                    "application \""
                            + Command.shown(app)
                            + "\": expected \""
                            + ConnectPath.APP
                            + "\", as in rtmp://HOST/live";
            Sending.write(
                    ctx,
                    Replies.error(
                            ctx.alloc(),
                            command.transaction(),
                            "NetConnection.Connect.Rejected",
                            description));
            closeSoon(ctx, description);
            return;
        }
        phase = Phase.CONNECTED;
        connected = path;
        acknowledger.connected();
        Sending.send(ctx, Replies.connected(ctx.alloc(), command.transaction()));
        deadline(ctx, limits.commandTimeoutMs(), "no publish or play");
    }

    private void publish(ChannelHandlerContext ctx, String name) {
        if (phase != Phase.CONNECTED) {
            throw new RtmpException("publish while " + phase + ": expected it once, after connect");
        }
        StreamPath path = StreamPath.parse(connected, name);
        if (path == null) {
            deny(
                    ctx,
                    "NetStream.Publish.BadName",
                    "stream name: expected the live's id (" + LiveName.EXPECTED + ") and ?key=…");
            return;
        }
        liveId = path.liveId();
        if (path.streamKey().isEmpty()) {
            deny(
                    ctx,
                    "NetStream.Publish.Denied",
                    "no stream key: expected " + liveId + "?key=… as the stream name");
            return;
        }
        phase = Phase.AUTHORISING;
        ctx.pipeline().get(ChunkDecoder.class).allowMedia();
        ctx.channel().config().setAutoRead(false);
        gate.admit(
                        liveId,
                        path.streamKey(),
                        new Publisher() {
                            @Override
                            public Connection connection() {
                                return Connection.of(ctx.channel());
                            }

                            @Override
                            public void stop(String reason) {
                                ctx.executor().execute(() -> stopped(ctx, reason));
                            }
                        },
                        ctx.channel().eventLoop())
                .thenAccept(admission -> ctx.executor().execute(() -> answered(ctx, admission)));
    }

    private void answered(ChannelHandlerContext ctx, Admission admission) {
        switch (admission) {
            case Admission.Admitted admitted -> admitted(ctx, admitted.publication());
            case Admission.Denied denied ->
                    deny(
                            ctx,
                            switch (denied.why()) {
                                case WRONG_KEY -> "NetStream.Publish.Denied";
                                case NO_SUCH_LIVE -> "NetStream.Publish.BadName";
                                case UNAVAILABLE -> "NetStream.Publish.Failed";
                            },
                            denied.detail());
        }
    }

    private void admitted(ChannelHandlerContext ctx, Publication admitted) {
        if (phase != Phase.AUTHORISING || !ctx.channel().isActive()) {
            admitted.end(); // it went while its key was checked
            return;
        }
        phase = Phase.PUBLISHING;
        publication = admitted;
        tags = new TagReader(admitted, meters);
        Sending.write(ctx, Replies.streamBegin(ctx.alloc()));
        Sending.send(
                ctx,
                Replies.status(
                        ctx.alloc(),
                        "status",
                        "NetStream.Publish.Start",
                        liveId + " is published"));
        Connection.of(ctx.channel())
                .began(Connection.Role.PUBLISHER, PROTOCOL, liveId, userAgent, "");
        watchPublisher(ctx);
        // One of them may ask to publish again, and what is after it waits for that.
        Queue<RtmpMessage> came = new ArrayDeque<>(ahead);
        ahead.clear();
        aheadBytes = 0;
        RtmpMessage message;
        while ((message = came.poll()) != null) {
            try (RtmpMessageScope scope = new RtmpMessageScope(message)) {
                channelRead0(ctx, scope.message());
            } catch (RuntimeException e) {
                exceptionCaught(ctx, e);
            }
        }
        ctx.channel().config().setAutoRead(phase != Phase.AUTHORISING);
    }

    /** Releases a message at the end of a block. */
    private record RtmpMessageScope(RtmpMessage message) implements AutoCloseable {
        @Override
        public void close() {
            message.release();
        }
    }

    private void stopped(ChannelHandlerContext ctx, String reason) {
        publication = null;
        if (phase != Phase.CLOSING) {
            deny(ctx, "NetStream.Publish.BadName", reason);
        }
    }

    private void deny(ChannelHandlerContext ctx, String code, String description) {
        Sending.write(ctx, Replies.status(ctx.alloc(), "error", code, description));
        closeSoon(ctx, description);
    }

    private void unpublish(ChannelHandlerContext ctx, String name, double transaction) {
        Publication current = publication;
        if (current != null) {
            publication = null;
            tags = null;
            current.end();
            phase = Phase.CONNECTED;
            Sending.write(
                    ctx,
                    Replies.status(
                            ctx.alloc(),
                            "status",
                            "NetStream.Unpublish.Success",
                            liveId + " is no longer published"));
            deadline(ctx, limits.commandTimeoutMs(), "no publish or play");
        }
        if (phase == Phase.PLAYING && !name.equals("FCUnpublish")) {
            Sending.close(ctx);
        } else {
            acknowledge(ctx, transaction);
        }
    }

    private void play(ChannelHandlerContext ctx, String name) {
        if (phase != Phase.CONNECTED) {
            throw new RtmpException("play while " + phase + ": expected it once, after connect");
        }
        StreamPath path = StreamPath.parse(connected, name);
        if (path == null) {
            notFound(ctx, name);
            return;
        }
        switch (playGate.check(path.liveId(), connected.playToken(name))) {
            case PlayRight.Refused refused -> deny(ctx, "NetStream.Play.Failed", refused.detail());
            case PlayRight.Granted granted -> {
                Stream stream = streams.find(path.liveId());
                if (stream == null) {
                    notFound(ctx, path.liveId());
                } else {
                    play(ctx, stream, granted);
                }
            }
        }
    }

    private void notFound(ChannelHandlerContext ctx, String name) {
        deny(
                ctx,
                "NetStream.Play.StreamNotFound",
                "live \"" + Command.shown(name) + "\": not on this gateway now");
    }

    private void play(ChannelHandlerContext ctx, Stream stream, PlayRight.Granted right) {
        phase = Phase.PLAYING;
        liveId = stream.liveId();
        cancelDeadline();
        Sending.write(ctx, Replies.streamBegin(ctx.alloc()));
        Sending.write(
                ctx,
                Replies.status(ctx.alloc(), "status", "NetStream.Play.Reset", "play " + liveId));
        Sending.send(
                ctx,
                Replies.status(ctx.alloc(), "status", "NetStream.Play.Start", "play " + liveId));
        Connection.of(ctx.channel())
                .began(Connection.Role.VIEWER, PROTOCOL, liveId, userAgent, right.viewerId());
        Viewer joining =
                new Viewer(
                        ctx.channel(),
                        RtmpMuxer.INSTANCE,
                        null,
                        new UnderNoWindow(),
                        limits,
                        () -> playEnded(ctx));
        viewer = joining;
        stream.join(joining);
    }

    /** A player that pauses gets nothing, and goes on at a key frame of what is then live. */
    private void pause(ChannelHandlerContext ctx, Command command) {
        Viewer current = viewer;
        if (current == null) {
            acknowledge(ctx, command.transaction());
            return;
        }
        boolean pause = command.flag();
        current.pause(pause);
        Sending.send(
                ctx,
                Replies.status(
                        ctx.alloc(),
                        "status",
                        pause ? "NetStream.Pause.Notify" : "NetStream.Unpause.Notify",
                        (pause ? "paused " : "goes on: ") + liveId));
    }

    /** A warning, since an error would make players give up. */
    private static void seek(ChannelHandlerContext ctx, double transaction) {
        Sending.write(
                ctx,
                Replies.status(
                        ctx.alloc(),
                        "warning",
                        "NetStream.Seek.Failed",
                        "a live cannot be sought: it goes on where it is"));
        acknowledge(ctx, transaction);
    }

    /**
     * Both tracks are always sent; a player that asks for one is answered by the book (7.2.2.4).
     */
    private void receive(ChannelHandlerContext ctx, Command command) {
        if (phase == Phase.PLAYING && command.flag()) {
            for (String code : List.of("NetStream.Seek.Notify", "NetStream.Play.Start")) {
                Sending.write(ctx, Replies.status(ctx.alloc(), "status", code, "play " + liveId));
            }
        }
        acknowledge(ctx, command.transaction());
    }

    private void playEnded(ChannelHandlerContext ctx) {
        Sending.write(
                ctx,
                Replies.status(
                        ctx.alloc(),
                        "status",
                        "NetStream.Play.UnpublishNotify",
                        liveId + " ended"));
        Sending.write(ctx, Replies.streamEof(ctx.alloc()));
        closeSoon(ctx, "the live has ended");
    }

    // ---- media

    private void media(ChannelHandlerContext ctx, int type, int timestampMs, ByteBuf body) {
        TagReader reader = tags;
        if (phase != Phase.PUBLISHING || reader == null) {
            return; // nobody asked for it
        }
        try {
            reader.read(type, timestampMs, body);
        } catch (MalformedMediaException e) {
            deny(ctx, "NetStream.Publish.BadName", String.valueOf(e.getMessage()));
        }
    }

    /** Several FLV tags in one message; their times count from the first one's. */
    private void aggregate(ChannelHandlerContext ctx, int timestampMs, ByteBuf body) {
        boolean first = true;
        int offsetMs = 0;
        while (body.readableBytes() >= 11) {
            int type = body.readUnsignedByte() & 31;
            int bytes = body.readUnsignedMedium();
            int tagMs = body.readUnsignedMedium() | body.readUnsignedByte() << 24;
            body.skipBytes(3);
            if (bytes > body.readableBytes()) {
                throw new RtmpException(
                        "tag of "
                                + bytes
                                + " bytes in an aggregate: expected at most the "
                                + body.readableBytes()
                                + " that are left");
            }
            offsetMs = first ? timestampMs - tagMs : offsetMs;
            first = false;
            if (type == RtmpMessage.AUDIO
                    || type == RtmpMessage.VIDEO
                    || type == RtmpMessage.DATA) {
                media(ctx, type, tagMs + offsetMs, body.readSlice(bytes));
            } else {
                body.skipBytes(bytes);
            }
            body.skipBytes(Math.min(4, body.readableBytes()));
        }
    }

    // ---- deadlines and the end

    private void deadline(ChannelHandlerContext ctx, long ms, String what) {
        cancelDeadline();
        deadline =
                ctx.executor()
                        .schedule(
                                () -> fail(ctx, what + " within " + ms + " ms"),
                                ms,
                                TimeUnit.MILLISECONDS);
    }

    private void watchPublisher(ChannelHandlerContext ctx) {
        cancelDeadline();
        lastMessageMs = clockMs.getAsLong();
        long everyMs = Math.max(limits.publisherIdleMs() / 4, 10);
        deadline =
                ctx.executor()
                        .scheduleAtFixedRate(
                                () -> {
                                    if (clockMs.getAsLong() - lastMessageMs
                                            > limits.publisherIdleMs()) {
                                        fail(
                                                ctx,
                                                "nothing from the publisher for "
                                                        + limits.publisherIdleMs()
                                                        + " ms");
                                    }
                                },
                                everyMs,
                                everyMs,
                                TimeUnit.MILLISECONDS);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void fail(ChannelHandlerContext ctx, String reason) {
        if (phase != Phase.CLOSING) {
            phase = Phase.CLOSING;
            meters.connectionsRefused.increment();
            Connection.of(ctx.channel()).ends(reason);
        }
        Sending.close(ctx);
    }

    /** Sends what has been written, and closes when the peer has had time to read it. */
    private void closeSoon(ChannelHandlerContext ctx, String reason) {
        if (phase != Phase.CLOSING) {
            phase = Phase.CLOSING;
            Connection.of(ctx.channel()).ends(reason);
        }
        cleanUp();
        ctx.flush();
        ctx.channel().config().setAutoRead(true); // read on, so that closing does not reset
        Future<?> _ =
                ctx.executor().schedule(() -> Sending.close(ctx), LINGER_MS, TimeUnit.MILLISECONDS);
    }

    /** A window holds bytes back in the pipeline; without one they only have to be counted. */
    private final class UnderNoWindow implements Passage {
        @Override
        public boolean open() {
            return window == null;
        }

        @Override
        public void passed(int bytes) {
            acknowledger.sent(bytes);
        }
    }

    private void cleanUp() {
        cancelDeadline();
        Publication current = publication;
        publication = null;
        tags = null;
        if (current != null) {
            current.end();
        }
        RtmpMessage message;
        while ((message = ahead.poll()) != null) {
            message.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        phase = Phase.CLOSING;
        cleanUp();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable reason =
                cause instanceof DecoderException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        switch (reason) {
            case RtmpException e -> fail(ctx, String.valueOf(e.getMessage()));
            case MalformedAmfException e -> fail(ctx, String.valueOf(e.getMessage()));
            case IOException _ -> Sending.close(ctx); // the peer went
            default -> {
                LOG.warn("rtmp {}: closed by an error", ctx.channel().remoteAddress(), reason);
                fail(ctx, reason.toString());
            }
        }
    }
}
