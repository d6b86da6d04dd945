package dev.confetti.bench.boards;

import dev.confetti.bench.engines.BenchEngines;
import dev.confetti.bench.events.EventTopics;
import dev.confetti.bench.events.SyntheticGifts;
import dev.confetti.bench.load.CatchUp;
import dev.confetti.bench.report.Report;
import dev.confetti.demo.pace.Pace;
import dev.confetti.engines.Engines;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Fills Kafka with gifts, lets boards that know none of them catch up, asks them what viewers ask,
 * and measures what else the same Redis can do.
 */
public final class BoardBench {
    private final BoardOptions options;
    private final Pace pace;
    private final Consumer<String> progress;

    /**
     * @param progress gets a line whenever something begins
     */
    public BoardBench(BoardOptions options, Pace pace, Consumer<String> progress) {
        this.options = options;
        this.pace = pace;
        this.progress = progress;
    }

    /** Runs the bench on engines of its own and adds what it found. */
    public void run(Report report) throws IOException, InterruptedException {
        PushBench.requireOpenFiles(options.listeners());
        progress.accept("starting Redis and Kafka in " + options.folder());
        try (BenchEngines engines = BenchEngines.start(options.folder());
                EventTopics topics = EventTopics.create(engines.get().kafkaBootstrap())) {
            fill(topics);
            measure(engines.get(), topics, report);
            if (options.peerSeconds() > 0) {
                progress.accept("measuring what else this Redis can do");
                new RedisPeers(engines.get().redisUrl(), options.peerSeconds(), pace)
                        .measure(report);
            }
        }
    }

    private void measure(Engines engines, EventTopics topics, Report report)
            throws IOException, InterruptedException {
        progress.accept("the boards catch up with " + options.gifts() + " gifts");
        try (AppliedGifts applied = new AppliedGifts(engines.redisUrl());
                BoardService boards = BoardService.start(engines)) {
            CatchUp catchUp = new CatchUp("gift", applied::read, pace);
            catchUp.measure(options.gifts(), report);
            if (options.members() > 0) {
                progress.accept(options.members() + " more viewers send a gift each");
                for (int i = 0; i < options.members(); i++) {
                    topics.publish(SyntheticGifts.fromOne(options.viewers() + i, 0));
                }
                topics.flush();
                catchUp.await(options.gifts() + options.members());
            }
            if (options.queries() > 0) {
                progress.accept("asking the boards");
                new BoardQuestions(boards, options, pace).ask(report);
            }
            if (options.listeners() > 0) {
                new PushBench(options, boards, topics, pace, progress)
                        .measure(catchUp, options.gifts() + options.members(), report);
            }
        }
    }

    private void fill(EventTopics topics) {
        progress.accept("publishing " + options.gifts() + " gifts to Kafka");
        SyntheticGifts events = new SyntheticGifts(options.viewers(), options.creators());
        int gifts = 0;
        while (gifts < options.gifts()) {
            ConfettiEvent event = events.next();
            topics.publish(event);
            if (event instanceof GiftSent) {
                gifts++;
            }
        }
        topics.flush();
    }
}
