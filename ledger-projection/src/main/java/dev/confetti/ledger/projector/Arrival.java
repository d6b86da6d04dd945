package dev.confetti.ledger.projector;

import dev.confetti.events.Envelope;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.MalformedEventException;
import dev.confetti.events.UnknownEventTypeException;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.SourceEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** A record whose headers are read and whose payload is not yet. */
record Arrival(Envelope envelope, ConsumerRecord<byte[], byte[]> record) {

    /**
     * Reads a record's headers.
     *
     * @throws BrokenSourceException when they are not those of an event
     */
    static Arrival of(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Arrival(
                    Envelope.fromHeaders(
                            name -> {
                                Header header = record.headers().lastHeader(name);
                                return header == null ? null : header.value();
                            }),
                    record);
        } catch (MalformedEventException e) {
            throw broken(record, "", e);
        }
    }

    long position() {
        return envelope.position();
    }

    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    /**
     * The decoded event.
     *
     * @throws BrokenSourceException when the payload is not of its type, or the type is not known
     */
    Delivery decode() {
        try {
            EventType type = EventType.named(envelope.type());
            if (record.value() == null) {
                throw new MalformedEventException("expected a payload, found none", null);
            }
            if (!type.topic().topicName().equals(record.topic())) {
                throw new MalformedEventException(
                        "type " + envelope.type() + ": expected on " + type.topic().topicName(),
                        null);
            }
            return new Delivery(
                    new SourceEvent(
                            envelope.position(),
                            envelope.eventId(),
                            type,
                            envelope.recordedAt(),
                            EventCodec.decode(type, record.value())),
                    record.topic(),
                    record.partition(),
                    record.offset() + 1);
        } catch (MalformedEventException | UnknownEventTypeException e) {
            throw broken(record, "position " + envelope.position() + ", ", e);
        }
    }

    private static BrokenSourceException broken(
            ConsumerRecord<byte[], byte[]> record, String position, RuntimeException cause) {
        return new BrokenSourceException(
                position
                        + "record "
                        + record.topic()
                        + "-"
                        + record.partition()
                        + " offset "
                        + record.offset()
                        + ": "
                        + cause.getMessage(),
                cause);
    }
}
