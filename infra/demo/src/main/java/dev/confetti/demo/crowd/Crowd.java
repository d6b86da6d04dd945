package dev.confetti.demo.crowd;

import dev.confetti.demo.api.ApiProblem;
import dev.confetti.demo.api.CoinPackage;
import dev.confetti.demo.api.ConfettiApi;
import dev.confetti.demo.api.Gift;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated viewers of one live, doing what their script says.
 *
 * <p>No error ends it: what fails is dropped and counted, and one line now and then tells of it. A
 * viewer whose last send has no answer yet leaves out the next, so a slow platform gets less, not
 * more.
 */
public final class Crowd implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
    private static final long RETRY_MS = 1_000;
    private static final long LONGEST_LAG_MS = 5_000;

    private final ConfettiApi api;
    private final Supplier<Optional<String>> live;
    private final List<Person> people;
    private final double sendsPerSecond;
    private final Random random;
    private final Supplier<String> keys;
    private final Executor senders;
    private final Pace pace;
    private final Object lock = new Object();
    private final Throttle throttle = new Throttle();
    private final TroubleLog trouble = new TroubleLog();

    /**
     * @param live the live to send to, while it takes gifts
     * @param idPrefix what the viewers' ids begin with
     * @param keys fresh idempotency keys
     * @param senders runs one call at a time for each viewer
     */
    public Crowd(
            ConfettiApi api,
            Supplier<Optional<String>> live,
            String idPrefix,
            int people,
            double sendsPerSecond,
            long seed,
            Supplier<String> keys,
            Executor senders,
            Pace pace) {
        this.api = api;
        this.live = live;
        this.random = new Random(seed);
        this.people = Person.crowd(idPrefix, people, random);
        this.sendsPerSecond = sendsPerSecond;
        this.keys = keys;
        this.senders = senders;
        this.pace = pace;
    }

    /** Runs until the thread is interrupted. */
    @Override
    public void run() {
        try {
            List<Gift> gifts = untilAnswered(api::gifts);
            List<CoinPackage> packages = untilAnswered(api::coinPackages);
            List<Member> members =
                    people.stream().map(p -> new Member(p, api, packages, keys)).toList();
            List<AtomicBoolean> busy =
                    IntStream.range(0, members.size()).mapToObj(i -> new AtomicBoolean()).toList();
            play(new CrowdScript(people, gifts, sendsPerSecond, random), members, busy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LOG.debug("simulated viewers are being stopped", e);
        }
    }

    private void play(CrowdScript script, List<Member> members, List<AtomicBoolean> busy)
            throws InterruptedException {
        long originNanos = pace.nanoTime();
        while (true) {
            PlannedSend next = script.next();
            pace.sleepUntil(originNanos + next.atMs() * 1_000_000);
            Optional<String> to = live.get();
            long nowMs = nowMs();
            boolean tooLate = nowMs - originNanos / 1_000_000 - next.atMs() > LONGEST_LAG_MS;
            tellTrouble(nowMs);
            AtomicBoolean hands = busy.get(next.person());
            if (to.isEmpty() || tooLate || hands.get() || !admits(nowMs)) {
                continue;
            }
            hands.set(true);
            senders.execute(
                    () -> {
                        try {
                            heed(members.get(next.person()).send(next, to.get()));
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        } catch (RuntimeException e) {
                            heed(new Member.Outcome.NotNow("unexpected", e.toString()));
                        } finally {
                            hands.set(false);
                        }
                    });
        }
    }

    private boolean admits(long nowMs) {
        synchronized (lock) {
            return throttle.admits(nowMs);
        }
    }

    private void heed(Member.Outcome outcome) {
        synchronized (lock) {
            switch (outcome) {
                case Member.Outcome.Sent sent -> throttle.succeeded();
                case Member.Outcome.TooFast(String reason) -> {
                    throttle.slowDown();
                    trouble.add("too-fast", reason);
                }
                case Member.Outcome.NotNow(String kind, String reason) -> {
                    throttle.pause(nowMs());
                    trouble.add(kind, reason);
                }
                case Member.Outcome.Refused(String kind, String reason) ->
                        trouble.add(kind, reason);
            }
        }
    }

    private void tellTrouble(long nowMs) {
        Optional<String> line;
        synchronized (lock) {
            line = trouble.line(nowMs);
        }
        line.ifPresent(LOG::warn);
    }

    private long nowMs() {
        return pace.nanoTime() / 1_000_000;
    }

    private interface Question<T> {
        List<T> ask() throws IOException, InterruptedException, ApiProblem;
    }

    /** Asks until there is an answer with something in it. */
    private <T> List<T> untilAnswered(Question<T> question) throws InterruptedException {
        while (true) {
            try {
                List<T> answer = question.ask();
                if (!answer.isEmpty()) {
                    return answer;
                }
                trouble("empty-answer", "the platform offers no gifts or no coin packages");
            } catch (IOException e) {
                trouble("no-answer", e.toString());
            } catch (ApiProblem e) {
                trouble(e.name(), e.toString());
            }
            tellTrouble(nowMs());
            pace.sleepMs(RETRY_MS);
        }
    }

    private void trouble(String kind, String reason) {
        synchronized (lock) {
            trouble.add(kind, reason);
        }
    }
}
