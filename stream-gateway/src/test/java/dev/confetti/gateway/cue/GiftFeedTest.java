package dev.confetti.gateway.cue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Diamonds;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent;
import dev.confetti.events.Topic;
import dev.confetti.gateway.fake.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Gifts from a real broker. */
class GiftFeedTest {
    private static final Instant SENT_AT = Instant.parse("2026-11-22T10:00:00.123Z");

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Cue> cues = new CopyOnWriteArrayList<>();

    private final GiftFeed.Sink sink =
            new GiftFeed.Sink() {
                @Override
                public boolean hosts(String liveId) {
                    return liveId.equals("live1");
                }

                @Override
                public void gift(String liveId, Cue cue) {
                    heard.add("gift " + liveId);
                    cues.add(cue);
                }

                @Override
                public void liveEnded(String liveId) {
                    heard.add("ended " + liveId);
                }
            };

    @Test
    void committedGiftsOfOurStreamsComeAsCues() throws Exception {
        String bootstrap = TestEngines.freshKafka();
        try (GiftFeed feed = GiftFeed.start(bootstrap, "http://pages", sink)) {
            assertThat(feed.ready()).as("the topics do not exist yet").isFalse();
            createTopics(bootstrap);
            Waiting.until("the feed is ready", feed::ready);
            try (KafkaProducer<String, byte[]> producer = producer(bootstrap)) {
                producer.initTransactions();
                producer.beginTransaction();
                send(producer, 1, gift("live1", 90));
                producer.flush();
                producer.abortTransaction();
                producer.beginTransaction();
                send(producer, 1, gift("elsewhere", 1));
                var _ =
                        producer.send(
                                new ProducerRecord<>(
                                        Topic.GIFTS.topicName(), "live1", new byte[] {1}));
                send(producer, 2, gift("live1", 7));
                producer.commitTransaction();
                Waiting.until("the gift is there", () -> !cues.isEmpty());
                producer.beginTransaction();
                send(
                        producer,
                        3,
                        new LiveEvent.LiveEnded(
                                "live1", "c", LiveEvent.EndReason.ENDED_BY_CREATOR));
                producer.commitTransaction();
                Waiting.until("the end is there", () -> heard.contains("ended live1"));
            }
            assertThat(heard).containsExactly("gift live1", "ended live1");
            assertThat(feed.unreadable()).isEqualTo(1);
        }
        assertThat(cues)
                .containsExactly(
                        new Cue(
                                List.of(new UUID(1, 7)),
                                "rose",
                                "Rose",
                                "http://pages/gifts/rose.webp",
                                1,
                                2,
                                new UUID(2, 2),
                                7,
                                "viewer-1",
                                "Zoë",
                                10,
                                SENT_AT,
                                2));
    }

    private static GiftSent gift(String liveId, int number) {
        return new GiftSent(
                new UUID(1, number),
                "viewer-1",
                "Zoë",
                liveId,
                "creator-1",
                "rose",
                "Rose",
                1,
                2,
                5,
                10,
                List.of(),
                10,
                5000,
                Diamonds.shareOf(10, 5000),
                50,
                "EUR",
                new UUID(2, 2),
                number,
                1,
                10_000);
    }

    private static void send(
            KafkaProducer<String, byte[]> producer, long position, ConfettiEvent event) {
        EventType type = EventType.of(event);
        Envelope envelope =
                new Envelope(
                        position,
                        position - 1,
                        new UUID(1, position),
                        type.typeName(),
                        event.key(),
                        SENT_AT,
                        SENT_AT);
        ProducerRecord<String, byte[]> kafkaRecord =
                new ProducerRecord<>(
                        type.topic().topicName(), event.key(), EventCodec.encode(event));
        for (Map.Entry<String, byte[]> header : envelope.toHeaders().entrySet()) {
            kafkaRecord.headers().add(header.getKey(), header.getValue());
        }
        var _ = producer.send(kafkaRecord);
    }

    private static void createTopics(String bootstrap) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        try (Admin admin = Admin.create(properties)) {
            admin.createTopics(
                            Topic.names().stream()
                                    .map(name -> new NewTopic(name, Topic.PARTITIONS, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
    }

    private static KafkaProducer<String, byte[]> producer(String bootstrap) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("transactional.id", "test-" + StandardCharsets.UTF_8.name());
        properties.put("key.serializer", StringSerializer.class);
        properties.put("value.serializer", ByteArraySerializer.class);
        return new KafkaProducer<>(properties);
    }
}
