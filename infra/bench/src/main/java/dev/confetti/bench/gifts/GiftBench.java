package dev.confetti.bench.gifts;

import dev.confetti.bench.load.OpenLoop;
import dev.confetti.bench.media.Cues;
import dev.confetti.bench.media.EventTap;
import dev.confetti.bench.media.FlvTap;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.bench.stage.BenchLive;
import dev.confetti.bench.stage.PlayQuery;
import dev.confetti.demo.api.ApiProblem;
import dev.confetti.demo.api.CoinPackage;
import dev.confetti.demo.api.ConfettiApi;
import dev.confetti.demo.api.Gift;
import dev.confetti.demo.api.SentGift;
import dev.confetti.demo.flv.FlvClip;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends gifts at a fixed rate and times each on its way: answered, in the media, as an event, on
 * the board, in the ledger.
 */
public final class GiftBench {
    private static final long FIRST_MEDIA_TIMEOUT_MS = 30_000;
    private static final long LATE_ARRIVALS_MS = 5_000;
    private static final long POLL_MS = 20;

    /** The tapper goes on while the others' backlog is answered, and must not run out of coins. */
    private static final int SPARE_TAPS = 10;

    private static final int PREPARED_AT_ONCE = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final GiftOptions options;
    private final String runId;
    private final FlvClip clip;
    private final Pace pace;
    private final Consumer<String> progress;

    /**
     * @param runId tells this run's people from those of others
     * @param progress gets a line whenever something begins
     */
    public GiftBench(
            GiftOptions options, String runId, FlvClip clip, Pace pace, Consumer<String> progress) {
        this.options = options;
        this.runId = runId;
        this.clip = clip;
        this.pace = pace;
        this.progress = progress;
    }

    /** Runs the bench against the platform and adds what it found. */
    public void run(Report report) throws IOException, InterruptedException, ApiProblem {
        try (ConfettiApi api = new ConfettiApi(options.apiUrl());
                BenchLive live = BenchLive.start(api, runId, options.rtmpUrl(), clip, pace)) {
            Gift gift = gift(api);
            OpenLoop loop = new OpenLoop(pace, options.perSecond());
            long warmup = loop.callsIn(options.warmupMs());
            long total = warmup + loop.callsIn(options.durationMs());
            double plannedSeconds = total / options.perSecond() + 1;
            long taps = (long) (SPARE_TAPS * plannedSeconds * options.tapsPerSecond());
            List<String> tokens =
                    fundedViewers(api, gift, Math.max(total / options.viewers(), taps) + 1);
            report.count("gift", gift.giftId() + " (" + gift.coins() + ")");

            Cues cues = new Cues();
            Arrivals inMedia = new Arrivals();
            Arrivals asEvent = new Arrivals();
            BoardWatch board = new BoardWatch();
            String media = options.mediaUrl() + "/live/" + live.liveId();
            String query = PlayQuery.of(api, runId, live.liveId());
            URI flv = URI.create(media + ".flv" + query);
            URI events = URI.create(media + "/gifts" + query);
            URI standings =
                    URI.create(
                            options.apiUrl()
                                    + "/v1/leaderboards/live/"
                                    + live.liveId()
                                    + "?limit=1000");
            try (FlvTap tap =
                            FlvTap.open(
                                    flv,
                                    (tag, nanos) ->
                                            cues.in(tag)
                                                    .forEach(
                                                            cue ->
                                                                    inMedia.seen(
                                                                            Cues.giftSendIds(cue),
                                                                            nanos)));
                    EventTap eventTap =
                            EventTap.open(events, (data, nanos) -> seeEvent(asEvent, data, nanos));
                    @Nullable EventTap boardTap =
                            options.board() ? EventTap.open(standings, board::seen) : null;
                    @Nullable LedgerWatch ledger = options.ledger() ? watchLedger(api) : null) {
                if (!tap.awaitMedia(FIRST_MEDIA_TIMEOUT_MS)) {
                    throw new BenchFailure(
                            tap.failure()
                                    .orElse(
                                            "expected media at "
                                                    + media
                                                    + ".flv within 30 s, got none"));
                }
                remarkUnless(eventTap.awaitAnswer(FIRST_MEDIA_TIMEOUT_MS), eventTap, report);
                if (boardTap != null) {
                    remarkUnless(boardTap.awaitAnswer(FIRST_MEDIA_TIMEOUT_MS), boardTap, report);
                }
                progress.accept(
                        "sending "
                                + gift.giftId()
                                + " to live "
                                + live.liveId()
                                + ": "
                                + warmup
                                + " to warm up, then "
                                + (total - warmup)
                                + " at "
                                + options.perSecond()
                                + " a second");
                AtomicReferenceArray<Click> clicks =
                        new AtomicReferenceArray<>(Math.toIntExact(total));
                Tapper tapper =
                        new Tapper(
                                pace,
                                options.tapsPerSecond(),
                                intendedNanos ->
                                        click(
                                                api,
                                                live.liveId(),
                                                gift,
                                                tokens.getLast(),
                                                options.viewers(),
                                                intendedNanos));
                Thread tapping = Thread.ofVirtual().start(tapper);
                List<String> senders = tokens.subList(0, options.viewers());
                send(api, loop, live.liveId(), gift, senders, clicks, 0, warmup);
                // What a cold start has piled up is not counted to what is measured.
                long measuredFromNanos = pace.nanoTime();
                send(api, loop, live.liveId(), gift, senders, clicks, warmup, total);
                double seconds = (pace.nanoTime() - measuredFromNanos) / 1e9;
                tapper.stop();
                tapping.join();
                GiftFindings findings =
                        new GiftFindings(
                                clicks, (int) warmup, gift.coins(), i -> viewerId((int) i));
                awaitLateArrivals(findings, inMedia, asEvent, ledger);
                findings.report(report, inMedia, asEvent, options.board() ? board : null, ledger);
                tapper.report(report, measuredFromNanos);
                report.count("answers/s", Math.round((total - warmup) / seconds));
                report.count("cues repeated", inMedia.repeats());
                report.count("cues malformed", cues.malformed());
                tap.failure().ifPresent(report::remark);
                eventTap.failure().ifPresent(report::remark);
                if (ledger != null) {
                    ledger.failure().ifPresent(report::remark);
                }
            }
        }
    }

    private static void remarkUnless(boolean answered, EventTap tap, Report report) {
        if (!answered) {
            report.remark(tap.failure().orElse("an event stream did not answer within 30 s"));
        }
    }

    private static void seeEvent(Arrivals arrivals, String data, long nanos) {
        try {
            arrivals.seen(Cues.giftSendIds(JSON.readTree(data)), nanos);
        } catch (JacksonException e) {
            // Some other event.
        }
    }

    private Gift gift(ConfettiApi api) throws IOException, InterruptedException, ApiProblem {
        List<Gift> gifts = api.gifts();
        if (options.giftId().isPresent()) {
            String wanted = options.giftId().get();
            return gifts.stream()
                    .filter(g -> g.giftId().equals(wanted))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new BenchFailure(
                                            "expected a gift of the catalogue, got " + wanted));
        }
        return gifts.stream()
                .min(Comparator.comparingLong(Gift::coins))
                .orElseThrow(
                        () ->
                                new BenchFailure(
                                        "expected a catalogue with gifts, got an empty one"));
    }

    private String viewerId(int index) {
        return "bench-" + runId + "-viewer-" + (index + 1);
    }

    /** Viewers' tokens; each viewer has coins for so many gifts. */
    private List<String> fundedViewers(ConfettiApi api, Gift gift, long giftsEach)
            throws IOException, InterruptedException, ApiProblem {
        long coins = Math.multiplyExact(gift.coins(), giftsEach);
        progress.accept(
                "preparing " + options.viewers() + " viewers with " + coins + " coins each");
        String admin = api.devToken("bench-" + runId + "-admin", "Bench admin", List.of("admin"));
        List<String> tokens = new ArrayList<>();
        // One more, who taps.
        int viewers = options.viewers() + 1;
        Semaphore inFlight = new Semaphore(PREPARED_AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> prepared = new ArrayList<>(viewers);
            for (int i = 0; i < viewers; i++) {
                int viewer = i;
                inFlight.acquire();
                prepared.add(
                        threads.submit(
                                () -> {
                                    try {
                                        return fundedViewer(api, admin, viewer, coins);
                                    } finally {
                                        inFlight.release();
                                    }
                                }));
            }
            for (Future<String> viewer : prepared) {
                tokens.add(viewer.get());
            }
        } catch (ExecutionException e) {
            throw new BenchFailure("a viewer could not be prepared: " + e.getCause(), e);
        }
        return tokens;
    }

    private String fundedViewer(ConfettiApi api, String admin, int viewer, long coins)
            throws IOException, InterruptedException, ApiProblem {
        String token =
                api.devToken(viewerId(viewer), "Bench viewer " + (viewer + 1), List.of("viewer"));
        try {
            api.grantCoins(
                    admin, viewerId(viewer), coins, "bench " + runId, UUID.randomUUID().toString());
        } catch (ApiProblem e) {
            buy(api, token, coins);
        }
        return token;
    }

    private static void buy(ConfettiApi api, String token, long coins)
            throws IOException, InterruptedException, ApiProblem {
        CoinPackage largest =
                api.coinPackages().stream()
                        .max(Comparator.comparingLong(CoinPackage::coins))
                        .orElseThrow(
                                () -> new BenchFailure("expected coin packages on sale, got none"));
        for (long had = 0; had < coins; had += largest.coins()) {
            api.buyCoins(token, largest.packageId(), UUID.randomUUID().toString());
        }
    }

    /** Sends those from one index to before another, and waits for their answers. */
    private void send(
            ConfettiApi api,
            OpenLoop loop,
            String liveId,
            Gift gift,
            List<String> tokens,
            AtomicReferenceArray<Click> clicks,
            long from,
            long to)
            throws InterruptedException {
        Semaphore inFlight = new Semaphore(options.maxInFlight());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            loop.run(
                    to - from,
                    (number, intendedNanos) -> {
                        int index = (int) (from + number);
                        inFlight.acquire();
                        threads.execute(
                                () -> {
                                    int viewer = index % tokens.size();
                                    clicks.set(
                                            index,
                                            click(
                                                    api,
                                                    liveId,
                                                    gift,
                                                    tokens.get(viewer),
                                                    viewer,
                                                    intendedNanos));
                                    inFlight.release();
                                });
                    });
        }
    }

    private Click click(
            ConfettiApi api,
            String liveId,
            Gift gift,
            String token,
            int viewer,
            long intendedNanos) {
        try {
            SentGift sent =
                    api.sendGift(
                            token, liveId, gift.giftId(), 1, null, UUID.randomUUID().toString());
            return new Click(viewer, intendedNanos, pace.nanoTime(), sent, null);
        } catch (ApiProblem e) {
            return new Click(viewer, intendedNanos, pace.nanoTime(), null, e.name());
        } catch (IOException e) {
            return new Click(
                    viewer, intendedNanos, pace.nanoTime(), null, e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Click(viewer, intendedNanos, pace.nanoTime(), null, "interrupted");
        }
    }

    private LedgerWatch watchLedger(ConfettiApi api)
            throws IOException, InterruptedException, ApiProblem {
        return LedgerWatch.open(
                api,
                api.devToken("bench-" + runId + "-finance", "Bench finance", List.of("finance")));
    }

    private void awaitLateArrivals(
            GiftFindings findings, Arrivals inMedia, Arrivals asEvent, @Nullable LedgerWatch ledger)
            throws InterruptedException {
        long endNanos = pace.nanoTime() + LATE_ARRIVALS_MS * 1_000_000;
        while (pace.nanoTime() < endNanos
                && !(findings.allIn(inMedia::nanosOf)
                        && findings.allIn(asEvent::nanosOf)
                        && (ledger == null
                                || findings.allIn(gift -> ledger.nanosOf(gift.position()))))) {
            pace.sleepMs(POLL_MS);
        }
    }
}
