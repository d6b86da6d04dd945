package dev.confetti.gift.relay;

import dev.confetti.events.Envelope;
import dev.confetti.events.LogRecord;
import dev.confetti.events.Topic;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Publishes batches of the log, each as one Kafka transaction that also holds the relay's new
 * state: events and state are there together or not at all. Used by one thread.
 */
final class RelayPublisher implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Enrichment enrichment;
    private final byte[] stateKey;

    /** Takes over from whoever published before: ends their transaction and fences them out. */
    RelayPublisher(Producer<byte[], byte[]> producer, Enrichment enrichment, String logName) {
        this.producer = producer;
        this.enrichment = enrichment;
        this.stateKey = logName.getBytes(StandardCharsets.UTF_8);
    }

    void takeOver() {
        producer.initTransactions();
    }

    /**
     * Sends a batch in a transaction that stays open until {@link #commit}; without what a
     * partition that is ahead has already.
     *
     * @param batch what follows {@code state} in the log, without gaps
     * @return the state after the batch
     */
    RelayState send(List<LogRecord> batch, RelayState state) throws SQLException {
        requireGapless(batch, state.position());
        List<LogRecord> missing = state.anyPartitionAhead() ? missing(batch, state) : batch;
        List<ExtraFields> extras = enrichment.enrich(missing);
        if (extras.size() != missing.size()) {
            throw new IllegalStateException(
                    "enrichment gave "
                            + extras.size()
                            + " results: expected one for each of "
                            + missing.size()
                            + " records");
        }
        producer.beginTransaction();
        RelayState.Step step = state.step();
        for (int i = 0; i < missing.size(); i++) {
            send(event(missing.get(i), extras.get(i), step));
        }
        RelayState after = step.end(batch.getLast());
        send(new ProducerRecord<>(Topic.RELAY_STATE, 0, stateKey, after.toJson()));
        return after;
    }

    void commit() {
        producer.commitTransaction();
    }

    /** Ends without waiting for a broker that may be away; an open transaction is aborted later. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private static List<LogRecord> missing(List<LogRecord> batch, RelayState state) {
        return batch.stream()
                .filter(
                        record -> {
                            RecordPlace place = RecordPlace.of(record);
                            return record.position()
                                    > state.previous(place.topic(), place.partition());
                        })
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> event(
            LogRecord record, ExtraFields extra, RelayState.Step step) {
        RecordPlace place = RecordPlace.of(record);
        long previous = step.advance(place.topic(), place.partition(), record.position());
        Envelope envelope =
                new Envelope(
                        record.position(),
                        previous,
                        record.eventId(),
                        record.type(),
                        place.key(),
                        record.occurredAt(),
                        record.recordedAt());
        RecordHeaders headers = new RecordHeaders();
        envelope.toHeaders().forEach(headers::add);
        return new ProducerRecord<>(
                place.topic().topicName(),
                place.partition(),
                place.key().getBytes(StandardCharsets.UTF_8),
                extra.addedTo(record.payload()),
                headers);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        // The commit fails when any of the sends did, so that nobody need wait for each.
        var _ = producer.send(record);
    }

    private static void requireGapless(List<LogRecord> batch, long after) {
        long expected = after + 1;
        for (LogRecord record : batch) {
            if (record.position() != expected) {
                throw new RelayRefusedException(
                        "the log goes on at position "
                                + record.position()
                                + ": expected "
                                + expected
                                + ", since positions have no gaps");
            }
            expected++;
        }
    }
}
