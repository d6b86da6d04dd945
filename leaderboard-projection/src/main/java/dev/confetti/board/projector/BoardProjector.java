package dev.confetti.board.projector;

import dev.confetti.board.profile.Learned;
import dev.confetti.board.profile.MemberNames;
import dev.confetti.board.projector.ProjectorState.CatchingUp;
import dev.confetti.board.projector.ProjectorState.Following;
import dev.confetti.board.projector.ProjectorState.Stopped;
import dev.confetti.board.projector.ProjectorState.Waiting;
import dev.confetti.board.score.ScoreRules;
import dev.confetti.board.standing.BoardBatch;
import dev.confetti.board.standing.BoardWriter;
import dev.confetti.board.standing.Fence;
import dev.confetti.board.standing.Fences;
import dev.confetti.board.standing.PlacedGift;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.MalformedEventException;
import dev.confetti.events.PersonEvent.BoardVisibilityChanged;
import dev.confetti.events.PersonEvent.PersonForgotten;
import dev.confetti.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Takes gift events from Kafka to the boards on a thread of its own.
 *
 * <p>The boards' fences in Redis say where to begin; every trouble with Redis, and every sign that
 * it is not where we left it (looked for with each batch and each second), leads back to reading
 * them. What it learns about names it stores before the scores of the same batch, so that no name
 * is lost in a crash.
 */
public final class BoardProjector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoardProjector.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * How much larger steps are while the boards are behind, when speed is worth more than reads.
     */
    private static final int CATCH_UP_FACTOR = 8;

    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final int batchEvents;
    private final BoardWriter boards;
    private final MemberNames names;
    private final ProjectorMetrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile ProjectorState state = new CatchingUp();

    /** As it was found last; its generations are of interest. The thread's own. */
    private Fences opened = new Fences();

    private long pauseMs = FIRST_PAUSE_MS;

    /**
     * A projector that is not yet running.
     *
     * @param bootstrap Kafka's address
     * @param batchEvents the most events in one step, 1 to 10,000; eight times as many while the
     *     boards are behind
     */
    public BoardProjector(
            String bootstrap,
            int batchEvents,
            BoardWriter boards,
            MemberNames names,
            ProjectorMetrics metrics) {
        this.consumers = () -> EventSource.consumer(bootstrap, batchEvents);
        this.batchEvents = batchEvents;
        this.boards = boards;
        this.names = names;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().name("board-projector").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public ProjectorState state() {
        return state;
    }

    /** Stops after the batch in hand. */
    @Override
    public void close() {
        stopping.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running()) {
            try (EventSource source =
                    new EventSource(
                            consumers.get(), EnumSet.of(Topic.GIFTS, Topic.LIVES, Topic.COINS))) {
                awaitTopics(source);
                while (running()) {
                    follow(source);
                }
            } catch (JedisException e) {
                waitFor("Redis", e);
            } catch (RetriableException e) {
                waitFor("Kafka", e);
            } catch (EventsMissingException e) {
                stop(e);
                awaitAnotherGeneration();
            } catch (RuntimeException e) {
                stop(e);
                return;
            }
        }
    }

    /** What Kafka no longer has, boards that are built from the event log need no more. */
    private void awaitAnotherGeneration() {
        try {
            while (!stopping.await(CHECK_NANOS, TimeUnit.NANOSECONDS)) {
                if (isAnotherGeneration()) {
                    LOG.info("the boards were built anew; following the events again");
                    return;
                }
            }
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    private boolean isAnotherGeneration() {
        try {
            return !boards.open().sameGenerations(opened);
        } catch (JedisException e) {
            return false;
        }
    }

    private void awaitTopics(EventSource source) {
        while (running() && !source.topicsExist()) {
            pause("Kafka's topics do not exist yet; the service creates them");
        }
    }

    /** From the fences on, until they are found not to be ours. */
    private void follow(EventSource source) {
        Fences fences = boards.open();
        opened = fences;
        if (fences.isClosed()) {
            pause("a rebuilt generation of the boards is about to follow");
            return;
        }
        names.open();
        Map<TopicPartition, Fence> places = new HashMap<>();
        for (int i = 0; i < Topic.PARTITIONS; i++) {
            places.put(new TopicPartition(Topic.GIFTS.topicName(), i), fences.lowest(i));
        }
        names.places()
                .forEach(
                        (partition, fence) ->
                                places.put(
                                        new TopicPartition(Topic.LIVES.topicName(), partition),
                                        fence));
        names.forgettingPlaces()
                .forEach(
                        (partition, fence) ->
                                places.put(
                                        new TopicPartition(Topic.COINS.topicName(), partition),
                                        fence));
        source.seek(places, isUsed(fences) ? Set.of(Topic.COINS.topicName()) : Set.of());
        try (SendingBoards sending = new SendingBoards(boards, metrics)) {
            follow(source, fences, sending);
        }
    }

    private void follow(EventSource source, Fences fences, SendingBoards sending) {
        boolean level = false;
        long checkedAt = System.nanoTime();
        while (running()) {
            int large = CATCH_UP_FACTOR * batchEvents;
            boolean behind = !level || source.lag() > large;
            Map<String, List<ArrivedEvent>> arrived =
                    source.poll(POLL, behind ? large : batchEvents);
            takeInPersons(arrived.getOrDefault(Topic.COINS.topicName(), List.of()));
            learn(arrived);
            BoardBatch batch =
                    boards.prepare(
                            placed(arrived.getOrDefault(Topic.GIFTS.topicName(), List.of())),
                            fences);
            boolean ours = sending.settle();
            if (ours && batch.gifts() > 0) {
                sending.send(batch);
            }
            if (ours && System.nanoTime() - checkedAt > CHECK_NANOS) {
                ours = sending.settle() && boards.isAt(fences);
                checkedAt = System.nanoTime();
            }
            if (ours && !level && source.caughtUp()) {
                ours = sending.settle();
                level = ours;
            }
            if (!ours) {
                metrics.resynchronised();
                LOG.info("the boards' fences are not where they were left; reading them again");
                return;
            }
            state = level ? new Following() : new CatchingUp();
            metrics.lag(source.lag());
            pauseMs = FIRST_PAUSE_MS;
        }
    }

    /** Whether boards of an earlier build stand here, which did not read who is forgotten. */
    private static boolean isUsed(Fences fences) {
        for (int i = 0; i < Topic.PARTITIONS; i++) {
            if (fences.lowest(i).position() > 0) {
                return true;
            }
        }
        return false;
    }

    private void takeInPersons(List<ArrivedEvent> events) {
        for (ArrivedEvent arrived : events) {
            if (arrived.event() instanceof PersonForgotten person) {
                names.forget(person.personId(), arrived.envelope().position());
            } else if (arrived.event() instanceof BoardVisibilityChanged chosen) {
                names.hidden()
                        .choose(chosen.personId(), chosen.hidden(), arrived.envelope().position());
            }
        }
        names.reachedForgetting(ends(events));
    }

    /** Learns all names that came, in one step. */
    private void learn(Map<String, List<ArrivedEvent>> arrived) {
        List<Learned> named = new ArrayList<>();
        for (List<ArrivedEvent> events : arrived.values()) {
            for (ArrivedEvent event : events) {
                long position = event.envelope().position();
                if (event.event() instanceof LiveCreated created) {
                    named.add(new Learned(created.creatorId(), created.creatorName(), position));
                } else if (event.event() instanceof GiftSent sent) {
                    named.add(new Learned(sent.viewerId(), sent.viewerName(), position));
                }
            }
        }
        names.learn(named);
        names.reached(ends(arrived.getOrDefault(Topic.LIVES.topicName(), List.of())));
    }

    /** The last event of each partition. */
    private static Map<Integer, Fence> ends(List<ArrivedEvent> events) {
        Map<Integer, Fence> ends = new HashMap<>();
        for (ArrivedEvent arrived : events) {
            ends.put(
                    arrived.partition(),
                    new Fence(arrived.envelope().position(), arrived.offset()));
        }
        return ends;
    }

    private List<PlacedGift> placed(List<ArrivedEvent> events) {
        List<PlacedGift> gifts = new ArrayList<>();
        for (ArrivedEvent arrived : events) {
            if (!(arrived.event() instanceof GiftEvent gift)) {
                throw new MalformedEventException(
                        "event of type "
                                + arrived.envelope().type()
                                + " on topic "
                                + Topic.GIFTS.topicName()
                                + ": expected gift events only",
                        null);
            }
            gifts.add(
                    new PlacedGift(
                            arrived.partition(),
                            arrived.offset(),
                            arrived.envelope().position(),
                            arrived.envelope().recordedAt(),
                            ScoreRules.changes(gift, arrived.envelope().occurredAt())));
        }
        return gifts;
    }

    private boolean running() {
        return stopping.getCount() > 0;
    }

    private void waitFor(String engine, RuntimeException trouble) {
        String message = String.valueOf(trouble.getMessage());
        if (message.contains("SCORE of")) {
            stop(trouble);
            stopping.countDown();
            return;
        }
        metrics.resynchronised();
        pause(engine + " does not answer as it should: " + message);
    }

    /** Waits, longer each time, or until the projector is stopped. */
    private void pause(String reason) {
        state = new Waiting(reason);
        LOG.warn("{}; trying again in {} ms", reason, pauseMs);
        try {
            if (stopping.await(pauseMs, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            stopping.countDown();
        }
        pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
    }

    private void stop(RuntimeException trouble) {
        state = new Stopped(String.valueOf(trouble.getMessage()));
        String kind = trouble instanceof KafkaException ? "Kafka" : "an event";
        LOG.error("the boards stop here, because of {}", kind, trouble);
    }
}
