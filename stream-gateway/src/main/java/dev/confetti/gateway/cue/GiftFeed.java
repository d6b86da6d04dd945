package dev.confetti.gateway.cue;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent.LiveEnded;
import dev.confetti.events.MalformedEventException;
import dev.confetti.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads gifts from Kafka and hands those for streams of this gateway over, at once.
 *
 * <p>It begins at the end of the topics: a gift of before the start belongs to pictures that are
 * gone. A record that cannot be read is passed over with a log line, since the media must go on;
 * the books are kept elsewhere.
 */
public final class GiftFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GiftFeed.class);
    private static final List<Topic> TOPICS = List.of(Topic.GIFTS, Topic.LIVES);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long TOPIC_RETRY_MS = 500;
    private static final long ERROR_RETRY_MS = 1000;

    private final String bootstrap;
    private final String publicUrl;
    private final Sink sink;
    private final Thread thread;
    private final AtomicLong unreadable = new AtomicLong();
    private volatile boolean ready;
    private volatile boolean closed;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

    /** Who wants the gifts; called on the feed's thread and must not block. */
    public interface Sink {
        /** Whether the live's stream is on this gateway. */
        boolean hosts(String liveId);

        void gift(String liveId, Cue cue);

        void liveEnded(String liveId);
    }

    private GiftFeed(String bootstrap, String publicUrl, Sink sink) {
        this.bootstrap = bootstrap;
        this.publicUrl = publicUrl;
        this.sink = sink;
        this.thread = Thread.ofPlatform().name("gift-feed").daemon().unstarted(this::run);
    }

    public static GiftFeed start(String bootstrap, String publicUrl, Sink sink) {
        GiftFeed feed = new GiftFeed(bootstrap, publicUrl, sink);
        feed.thread.start();
        return feed;
    }

    /** Whether the topics exist and every gift from now on is read. */
    public boolean ready() {
        return ready;
    }

    /** Records that were passed over, so far. */
    public long unreadable() {
        return unreadable.get();
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<String, byte[]> kafka = new KafkaConsumer<>(properties())) {
                consumer = kafka;
                if (closed) {
                    return;
                }
                kafka.assign(partitions(kafka));
                kafka.seekToEnd(kafka.assignment());
                kafka.assignment().forEach(kafka::position); // seeking is lazy: do it now
                ready = true;
                while (!closed) {
                    for (ConsumerRecord<String, byte[]> kafkaRecord : kafka.poll(POLL)) {
                        read(kafkaRecord);
                    }
                }
            } catch (WakeupException | InterruptException e) {
                LOG.debug("gift feed woken", e);
            } catch (KafkaException e) {
                ready = false;
                LOG.warn(
                        "gift feed: reading {} at {} failed, gifts are missing from the media until it"
                                + " works again; next try in {} ms: {}",
                        Topic.GIFTS.topicName(),
                        bootstrap,
                        ERROR_RETRY_MS,
                        e.toString());
                pause(ERROR_RETRY_MS);
            } finally {
                consumer = null;
            }
        }
    }

    /** Waits for the topics, which the service creates. */
    private List<TopicPartition> partitions(KafkaConsumer<String, byte[]> kafka) {
        boolean said = false;
        while (true) {
            Map<String, List<PartitionInfo>> known = kafka.listTopics();
            if (TOPICS.stream().allMatch(topic -> known.containsKey(topic.topicName()))) {
                return TOPICS.stream()
                        .flatMap(topic -> known.getOrDefault(topic.topicName(), List.of()).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
            }
            if (!said) {
                LOG.info("gift feed: waiting for the topics {} at {}", TOPICS, bootstrap);
                said = true;
            }
            pause(TOPIC_RETRY_MS);
            if (closed) {
                throw new WakeupException();
            }
        }
    }

    private void read(ConsumerRecord<String, byte[]> kafkaRecord) {
        String liveId = kafkaRecord.key();
        if (liveId == null || kafkaRecord.value() == null || !sink.hosts(liveId)) {
            return;
        }
        try {
            Envelope envelope = Envelope.fromHeaders(name -> header(kafkaRecord, name));
            if (!wanted(envelope.type())) {
                return;
            }
            ConfettiEvent event = EventCodec.decode(envelope.type(), kafkaRecord.value());
            if (event instanceof GiftSent gift) {
                sink.gift(
                        liveId,
                        Cue.of(gift, envelope.occurredAt(), envelope.position(), publicUrl));
            } else if (event instanceof LiveEnded) {
                sink.liveEnded(liveId);
            }
        } catch (MalformedEventException e) {
            unreadable.incrementAndGet();
            LOG.warn(
                    "gift feed: record {}-{}@{} passed over: {}",
                    kafkaRecord.topic(),
                    kafkaRecord.partition(),
                    kafkaRecord.offset(),
                    e.getMessage());
        }
    }

    private static boolean wanted(String type) {
        return type.equals(EventType.GIFT_SENT.typeName())
                || type.equals(EventType.LIVE_ENDED.typeName());
    }

    private static byte @Nullable [] header(
            ConsumerRecord<String, byte[]> kafkaRecord, String name) {
        Header header = kafkaRecord.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A gift is to be on screen within 100 ms of the click: never wait for more of them.
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "confetti-gateway");
        return properties;
    }

    private void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        KafkaConsumer<String, byte[]> kafka = consumer;
        if (kafka != null) {
            kafka.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
