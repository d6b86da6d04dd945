package dev.confetti.gateway.stream;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.cue.Cue;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.hls.HlsMemory;
import dev.confetti.gateway.hls.HlsOutput;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.slate.Slate;
import dev.confetti.gateway.slate.SlatePlayer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live on this gateway: at most one publisher, its timeline, the pictures since the last key
 * frame, the gifts that wait for a picture, and all viewers.
 *
 * <p>All state is confined to one event loop; the public methods may be called from anywhere and
 * hand their work over. A stream outlives its publisher by a grace, so that viewers stay.
 */
public final class Stream {
    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
    private static final long TICK_MS = 50;
    private static final long DROPS_LOG_MS = 10_000;
    private static final long SNAPSHOT_MS = 1_000;

    /** Without pictures, viewers start at most this far back in the sound. */
    private static final long AUDIO_GOP_MS = 2_000;

    /** Sound alone is gathered for at most this long. */
    private static final long GATHER_MS = 40;

    private final String liveId;
    private final EventLoop loop;
    private final Limits limits;
    private final GatewayMeters meters;
    private final LongSupplier clockMs;
    private final FlushPace pace;
    private final Consumer<Stream> onClosed;
    private final Consumer<Stream> onForgotten;
    private final AtomicInteger viewers = new AtomicInteger();
    private final LongAdder drops = new LongAdder();

    private final Timeline timeline = new Timeline();
    private final GopCache gop;
    private final GiftCues cues;
    private final SlatePlayer slate;
    private final Map<Muxer, WireLog> logs = new HashMap<>();
    private final Set<Viewer> inside = new LinkedHashSet<>();
    private final StreamFigures figures = new StreamFigures();
    private final DeliveryDelay delay = new DeliveryDelay();
    private final Set<GiftListener> giftListeners = new LinkedHashSet<>();
    private final Runnable hideGauges;
    private final Future<?> tick;
    private final StreamHls hls;

    private @Nullable Publication publication;
    private TrackHeaders headers = TrackHeaders.NONE;
    private TrackHeaders sentHeaders = TrackHeaders.NONE;
    private boolean waitsForKey = true;
    private boolean waitsForStart = true;
    private long audioGopDtsMs;
    private long lastVideoMs;
    private long pendingSinceMs;
    private long lastFlushMs;
    private long awaySinceMs;
    private long nextDropsLogMs;
    private long nextSnapshotMs;
    private Instant since = Instant.now();
    private long goneSentBytes;
    private long goneDroppedUnits;
    private boolean closed;
    private volatile long mediaMs = -1;
    private volatile StreamSnapshot snapshot;

    Stream(
            String liveId,
            EventLoop loop,
            Limits limits,
            GatewayMeters meters,
            LongSupplier clockMs,
            LongSupplier epochMs,
            HlsMemory hlsMemory,
            FlushPace pace,
            @Nullable Slate slate,
            Consumer<Stream> onClosed,
            Consumer<Stream> onForgotten) {
        this.liveId = liveId;
        this.loop = loop;
        this.limits = limits;
        this.meters = meters;
        this.clockMs = clockMs;
        this.pace = pace;
        this.onClosed = onClosed;
        this.onForgotten = onForgotten;
        this.gop = new GopCache(limits.gopCacheBytes());
        this.cues = new GiftCues(limits, meters, this::announce);
        this.hls = new StreamHls(liveId, hlsMemory, meters, viewers, clockMs, epochMs);
        this.slate = new SlatePlayer(slate);
        this.awaySinceMs = clockMs.getAsLong();
        this.lastVideoMs = awaySinceMs;
        this.snapshot = takeSnapshot();
        meters.streams.incrementAndGet();
        this.hideGauges = meters.stream(liveId, StreamGauges.of(this::snapshot));
        this.tick = loop.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    public String liveId() {
        return liveId;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Viewers of the media, in all formats; those of HLS are counted by their requests. */
    public int viewers() {
        return viewers.get();
    }

    /** Where the stream's timeline stands; as of a moment ago when asked from another thread. */
    public long mediaMs() {
        return mediaMs;
    }

    /** How it does, as of a second ago at most. */
    public StreamSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Those who watch or listen now, in no order.
     *
     * @return completes on the stream's event loop; empty when the stream is over
     */
    public CompletionStage<List<Connection>> audience() {
        CompletableFuture<List<Connection>> all = new CompletableFuture<>();
        run(() -> all.complete(audienceNow()), () -> all.complete(List.of()));
        return all;
    }

    private List<Connection> audienceNow() {
        return java.util.stream.Stream.concat(
                        inside.stream().map(Viewer::connection),
                        giftListeners.stream().map(GiftListener::connection))
                .toList();
    }

    /**
     * Sends the publisher away; it may come back with the key.
     *
     * @return whether there was one
     */
    public CompletionStage<Boolean> kickPublisher(String reason) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        run(
                () -> {
                    Publication current = publication;
                    done.complete(current != null);
                    if (current != null) {
                        current.kicked(reason);
                    }
                },
                () -> done.complete(false));
        return done;
    }

    // ---- publishing; called on the loop by the publication

    /**
     * Makes this the publisher; an older one is stopped.
     *
     * @return false when the stream has just closed: open another
     */
    boolean attach(Publication newer) {
        if (closed) {
            return false;
        }
        Publication older = publication;
        publication = newer;
        if (older != null) {
            slate.publisherGone(clockMs.getAsLong());
            older.stopped("another publisher with the live's key has taken over");
        } else {
            meters.publishers.incrementAndGet();
        }
        headers = headers.cleared();
        figures.newPublisher();
        since = Instant.now();
        if (!slate.shown()) {
            expectStart();
            gop.freeze();
            logs.values().forEach(WireLog::freezeGop);
            hls.publisherGone();
        }
        snapshot = takeSnapshot();
        return true;
    }

    /** The publisher went; the grace begins. */
    void detach(Publication gone) {
        if (publication == gone) {
            publication = null;
            meters.publishers.decrementAndGet();
            awaySinceMs = clockMs.getAsLong();
            slate.publisherGone(awaySinceMs);
            since = Instant.now();
            logs.values().forEach(WireLog::flush);
            if (!slate.shown()) {
                hls.publisherGone();
            }
            snapshot = takeSnapshot();
            LOG.info("live {}: publisher gone, {} viewers stay for the grace", liveId, viewers());
        }
    }

    /** The next frame comes from elsewhere: decoding must be able to start at it. */
    private void expectStart() {
        timeline.newPublisher();
        waitsForKey = true;
        waitsForStart = true;
    }

    /** The tracks of what comes now: of the slate while it is on, else the publisher's. */
    private TrackHeaders current() {
        return slate.shown() ? slate.headers() : headers;
    }

    void metadata(Publication from, AmfValue metadata) {
        if (from == publication && !metadata.equals(headers.metadata())) {
            headers = headers.withMetadata(metadata);
        }
    }

    void videoConfig(Publication from, VideoConfig config) {
        if (from == publication && !config.equals(headers.video())) {
            headers = headers.withVideo(config);
        }
    }

    void audioConfig(Publication from, AudioConfig config) {
        if (from == publication && !config.equals(headers.audio())) {
            headers = headers.withAudio(config);
        }
    }

    /** Takes a frame over, with its reference. */
    void frame(Publication from, int timestampMs, Frame frame) {
        boolean starts =
                frame instanceof Frame.Video video
                        ? video.key()
                        : frame instanceof Frame.Audio && headers.video() == null;
        if (from != publication || closed || (slate.shown() && !starts)) {
            frame.release();
            return;
        }
        if (starts && slate.end()) {
            headers = headers.after(slate.headers().version());
            expectStart();
        }
        take(timestampMs, frame);
    }

    private void take(int timestampMs, Frame frame) {
        long now = clockMs.getAsLong();
        switch (frame) {
            case Frame.Video video -> {
                if (waitsForKey && !video.key()) {
                    frame.release();
                    return;
                }
                waitsForKey = false;
                lastVideoMs = now;
                long dtsMs = timeline.map(timestampMs, Timeline.Track.VIDEO, now);
                AccessUnit unit = new AccessUnit(dtsMs, video);
                append(unit, video.key(), cues.into(unit, video));
                if (now - lastFlushMs >= pace.leastMs()) {
                    flush(now);
                }
            }
            case Frame.Audio _ -> {
                long dtsMs = timeline.map(timestampMs, Timeline.Track.AUDIO, now);
                if (dtsMs <= timeline.floorMs()) {
                    frame.release(); // of before the first picture
                    return;
                }
                append(new AccessUnit(dtsMs, frame), startsAudio(dtsMs), List.of());
            }
            case Frame.Data _ ->
                    append(
                            new AccessUnit(
                                    timeline.map(timestampMs, Timeline.Track.DATA, now), frame),
                            false,
                            List.of());
        }
    }

    private boolean startsAudio(long dtsMs) {
        if (current().video() != null) {
            return false;
        }
        if (!waitsForStart && gop.open() && dtsMs - audioGopDtsMs < AUDIO_GOP_MS) {
            return false;
        }
        audioGopDtsMs = dtsMs;
        return true;
    }

    private void append(AccessUnit unit, boolean start, List<StampedCue> unitCues) {
        if (!slate.shown()) {
            figures.add(unit);
        }
        TrackHeaders tracks = current();
        boolean newHeaders = tracks.version() != sentHeaders.version();
        if (newHeaders && !start && gop.open()) {
            dropGop(); // a GOP has one set of headers
        }
        if (start) {
            waitsForStart = false;
            gop.begin(tracks);
        }
        for (WireLog log : logs.values()) {
            log.append(unit, start, unitCues, newHeaders ? tracks : null);
        }
        hls.append(unit, unitCues, newHeaders ? tracks : null);
        sentHeaders = tracks;
        boolean wasOpen = gop.open();
        gop.add(unit);
        if (wasOpen && !gop.open()) {
            dropGop(); // it grew too big
        }
        if (pendingSinceMs == 0) {
            pendingSinceMs = clockMs.getAsLong();
        }
        mediaMs = timeline.lastMs();
    }

    private void dropGop() {
        gop.clear();
        logs.values().forEach(WireLog::dropGop);
    }

    private void flush(long now) {
        logs.values().forEach(WireLog::flush);
        pendingSinceMs = 0;
        lastFlushMs = now;
    }

    // ---- gifts

    /** A gift for the next picture. */
    public void gift(Cue cue) {
        run(
                () -> {
                    if (!closed) {
                        cues.offer(cue);
                    }
                });
    }

    /** No picture comes: gifts go out in the forms that need none, and their SEI is owed. */
    private void announceWithoutPicture(long now) {
        boolean videoRuns =
                (publication != null || slate.shown())
                        && current().video() != null
                        && now - lastVideoMs < limits.videoStallMs();
        if (videoRuns) {
            return;
        }
        long dtsMs = timeline.lastMs();
        List<StampedCue> stamped = cues.without(dtsMs, sentHeaders.video());
        if (stamped.isEmpty()) {
            return;
        }
        for (WireLog log : logs.values()) {
            log.appendCues(stamped, dtsMs);
            log.flush();
        }
        hls.appendCues(stamped);
    }

    private void announce(StampedCue cue) {
        giftListeners.forEach(listener -> listener.gift(cue));
    }

    /** Lets a listener in, until {@link #unlisten}. */
    public void listen(GiftListener listener) {
        run(
                () -> {
                    if (closed) {
                        listener.streamEnded();
                    } else if (giftListeners.add(listener)) {
                        meters.giftListeners.incrementAndGet();
                    }
                });
    }

    public void unlisten(GiftListener listener) {
        later(
                () -> {
                    if (giftListeners.remove(listener)) {
                        meters.giftListeners.decrementAndGet();
                    }
                });
    }

    // ---- viewers

    /** Lets a viewer in, until its channel closes. */
    public void join(Viewer viewer) {
        run(
                () -> {
                    if (closed) {
                        viewer.channel().eventLoop().execute(viewer::ended);
                        return;
                    }
                    viewers.incrementAndGet();
                    inside.add(viewer);
                    meters.viewers.incrementAndGet();
                    WireLog log = logs.computeIfAbsent(viewer.muxer(), this::openLog);
                    long gopDtsMs = gop.isEmpty() ? 0 : gop.units().getFirst().dtsMs();
                    log.join(viewer, gop.headers(), gopDtsMs);
                    viewer.channel()
                            .closeFuture()
                            .addListener(
                                    _ -> {
                                        viewers.decrementAndGet();
                                        meters.viewers.decrementAndGet();
                                        later(() -> left(viewer, log));
                                    });
                });
    }

    private WireLog openLog(Muxer muxer) {
        WireLog log =
                new WireLog(
                        muxer,
                        ByteBufAllocator.DEFAULT,
                        meters,
                        drops,
                        delay,
                        clockMs,
                        limits.backlogBytes());
        log.replay(gop, sentHeaders);
        return log;
    }

    private void left(Viewer viewer, WireLog log) {
        inside.remove(viewer);
        goneSentBytes += viewer.connection().sentBytes();
        goneDroppedUnits += viewer.connection().droppedUnits();
        if (log.leave() && logs.remove(viewer.muxer(), log)) {
            log.release();
        }
    }

    // ---- HLS

    /**
     * Hands the HLS output over, on the stream's loop; it is begun when there is none, and stays
     * for a while after the live has ended.
     *
     * @param otherwise run where the stream is over and has none, or the gateway shuts down
     */
    public void hls(Consumer<HlsOutput> use, Runnable otherwise) {
        run(
                () -> {
                    HlsOutput output = hls.output();
                    if (output == null && !closed) {
                        output = hls.open(gop, sentHeaders, figures.longestGopMs());
                        if (publication == null && !slate.shown()) {
                            output.publisherGone();
                        }
                    }
                    if (output == null) {
                        otherwise.run();
                    } else {
                        use.accept(output);
                    }
                },
                otherwise);
    }

    /** Whether there is an HLS output; on the loop. */
    boolean hasHls() {
        return hls.output() != null;
    }

    // ---- life

    private void tick() {
        long now = clockMs.getAsLong();
        if (slate.begins(now, sentHeaders, gop.units())) {
            expectStart();
        }
        slate.play(now, this::take);
        // Where pictures are gathered this must not come before the second one.
        if (pendingSinceMs != 0 && now - pendingSinceMs >= GATHER_MS + 2 * pace.leastMs()) {
            flush(now);
        }
        announceWithoutPicture(now);
        hls.tick();
        report(now);
        if (now >= nextSnapshotMs) {
            nextSnapshotMs = now + SNAPSHOT_MS;
            figures.mark(now);
            snapshot = takeSnapshot();
        }
        if (publication == null && now - awaySinceMs > limits.graceMs()) {
            close("nobody published for the grace of " + limits.graceMs() + " ms");
        }
    }

    private void report(long now) {
        cues.count();
        if (now >= nextDropsLogMs) {
            nextDropsLogMs = now + DROPS_LOG_MS;
            long dropped = drops.sumThenReset();
            if (dropped > 0) {
                LOG.info(
                        "live {}: slow viewers missed {} units in the last {} s",
                        liveId,
                        dropped,
                        DROPS_LOG_MS / 1000);
            }
        }
    }

    private StreamSnapshot takeSnapshot() {
        Map<String, Integer> byProtocol = new HashMap<>();
        long sent = goneSentBytes;
        long dropped = goneDroppedUnits;
        long queued = 0;
        long longest = 0;
        long longestLagMs = 0;
        for (Viewer viewer : inside) {
            Connection connection = viewer.connection();
            byProtocol.merge(connection.protocol(), 1, Integer::sum);
            sent += connection.sentBytes();
            dropped += connection.droppedUnits();
            queued += connection.queuedBytes();
            longest = Math.max(longest, connection.queuedBytes());
            longestLagMs = Math.max(longestLagMs, connection.lagMs());
        }
        if (hls.viewers() > 0) {
            byProtocol.put("hls", hls.viewers());
        }
        return new StreamSnapshot(
                liveId,
                publication == null ? null : publication.connection(),
                slate.shown(),
                since,
                Math.max(mediaMs, 0),
                new StreamSnapshot.Video(
                        current().video(),
                        figures.videoBitsPerSecond(),
                        figures.framesPerSecond(),
                        figures.gopMs(),
                        figures.gopPictures()),
                new StreamSnapshot.Audio(current().audio(), figures.audioBitsPerSecond()),
                byProtocol,
                giftListeners.size(),
                figures.receivedBytes(),
                sent,
                dropped,
                queued,
                longest,
                longestLagMs,
                delay.take(),
                cues.waiting());
    }

    /** Ends the stream for publisher and viewers. */
    public void end(String reason) {
        run(() -> close(reason));
    }

    /** The same, and nothing of it stays. */
    void endAtOnce(String reason) {
        run(
                () -> {
                    hls.release();
                    close(reason);
                });
    }

    private void close(String reason) {
        if (closed) {
            return;
        }
        closed = true;
        slate.end();
        tick.cancel(false);
        Publication last = publication;
        publication = null;
        if (last != null) {
            meters.publishers.decrementAndGet();
            last.stopped(reason);
        }
        List.copyOf(giftListeners).forEach(GiftListener::streamEnded);
        meters.giftListeners.addAndGet(-giftListeners.size());
        giftListeners.clear();
        for (WireLog log : logs.values()) {
            log.end();
            log.release();
        }
        logs.clear();
        gop.clear();
        endHls();
        meters.streams.decrementAndGet();
        hideGauges.run();
        LOG.info("live {}: stream closed, {}", liveId, reason);
        onClosed.accept(this);
    }

    private void endHls() {
        long staysMs = hls.end();
        if (staysMs > 0) {
            var _ =
                    loop.schedule(
                            () -> {
                                hls.release();
                                onForgotten.accept(this);
                            },
                            staysMs,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Runs on the stream's loop: now when on it, later when not, never once it has shut down. */
    void run(Runnable task) {
        run(task, () -> {});
    }

    /**
     * Runs on the stream's loop, but never now: a write that fails closes its channel in the middle
     * of our walk over the viewers.
     */
    private void later(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("live {}: the gateway is shutting down", liveId, e);
        }
    }

    void run(Runnable task, Runnable otherwise) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            otherwise.run();
        }
    }
}
