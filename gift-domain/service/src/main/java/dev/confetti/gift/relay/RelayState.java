package dev.confetti.gift.relay;

import dev.confetti.events.LogRecord;
import dev.confetti.events.Topic;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far the log is published: what a successor needs to go on. Immutable.
 *
 * <p>Everything up to {@link #position} is published. A partition can be ahead of it, after a
 * transaction that the broker ended in some partitions only ({@link ResumePoint}); what it already
 * has is then not published to it again.
 *
 * <p>As JSON in the topic {@code confetti.relay}: {@code position}, the {@code eventId} at that
 * position, and under {@code previous} for each topic the last position in each of its partitions.
 */
final class RelayState {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final long position;
    private final @Nullable UUID eventId;

    /** By partition; 0 while one is empty. Every topic is there. */
    private final Map<Topic, long[]> previous;

    private RelayState(long position, @Nullable UUID eventId, Map<Topic, long[]> previous) {
        this.position = position;
        this.eventId = eventId;
        this.previous = previous;
    }

    /** Nothing is published yet. */
    static RelayState initial() {
        return new RelayState(0, null, nothingYet());
    }

    /** The last published position; 0 at first. */
    long position() {
        return position;
    }

    /** The event at {@link #position}; null at first. */
    @Nullable UUID eventId() {
        return eventId;
    }

    /** The last position in a partition; 0 while it is empty. */
    long previous(Topic topic, int partition) {
        return partitions(previous, topic)[partition];
    }

    /** Whether some partition has events after {@link #position} already. */
    boolean anyPartitionAhead() {
        return previous.values().stream()
                .flatMapToLong(LongStream::of)
                .anyMatch(last -> last > position);
    }

    /** Collects what a batch adds, so that the table is copied once for a batch. */
    Step step() {
        Map<Topic, long[]> copy = new EnumMap<>(Topic.class);
        previous.forEach((topic, positions) -> copy.put(topic, positions.clone()));
        return new Step(copy);
    }

    /** The state on its way over one batch. */
    static final class Step {
        private final Map<Topic, long[]> previous;

        private Step(Map<Topic, long[]> previous) {
            this.previous = previous;
        }

        /** Books a record into its partition; returns the position before it there. */
        long advance(Topic topic, int partition, long position) {
            long[] positions = partitions(previous, topic);
            long before = positions[partition];
            positions[partition] = position;
            return before;
        }

        /**
         * The state after it.
         *
         * @param last null for the log's beginning
         */
        RelayState end(@Nullable LogRecord last) {
            return last == null
                    ? new RelayState(0, null, previous)
                    : new RelayState(last.position(), last.eventId(), previous);
        }
    }

    byte[] toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("position", position);
        if (eventId != null) {
            root.put("eventId", eventId.toString());
        }
        ObjectNode topics = root.putObject("previous");
        for (Topic topic : Topic.values()) {
            ArrayNode positions = topics.putArray(topic.topicName());
            for (long last : partitions(previous, topic)) {
                positions.add(last);
            }
        }
        return JSON.writeValueAsBytes(root);
    }

    /**
     * Reads what {@link #toJson} wrote; topics that it does not name were unknown then, and empty.
     *
     * @throws RelayRefusedException when it is something else
     */
    static RelayState parse(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            Map<Topic, long[]> previous = nothingYet();
            for (Topic topic : Topic.values()) {
                JsonNode positions = root.required("previous").get(topic.topicName());
                for (int i = 0; positions != null && i < Topic.PARTITIONS; i++) {
                    partitions(previous, topic)[i] = positions.required(i).longValue();
                }
            }
            return new RelayState(
                    root.required("position").longValue(),
                    UUID.fromString(root.required("eventId").stringValue()),
                    previous);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new RelayRefusedException(
                    "the state in topic "
                            + Topic.RELAY_STATE
                            + " is unreadable: "
                            + new String(json, StandardCharsets.UTF_8),
                    e);
        }
    }

    private static Map<Topic, long[]> nothingYet() {
        Map<Topic, long[]> previous = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            previous.put(topic, new long[Topic.PARTITIONS]);
        }
        return previous;
    }

    private static long[] partitions(Map<Topic, long[]> previous, Topic topic) {
        return Objects.requireNonNull(previous.get(topic), "every topic is in the table");
    }
}
