package dev.confetti.gift.relay;

import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.events.Partitions;
import dev.confetti.events.Topic;
import dev.confetti.events.UnknownEventTypeException;

/** Where an event of the log is published. */
record RecordPlace(Topic topic, int partition, String key) {

    /**
     * The place of an event.
     *
     * @throws RelayRefusedException when its type is unknown or its key is missing
     */
    static RecordPlace of(LogRecord record) {
        EventType type = type(record);
        String key = RecordKey.of(type, record);
        return new RecordPlace(type.topic(), Partitions.of(key), key);
    }

    private static EventType type(LogRecord record) {
        try {
            return EventType.named(record.type());
        } catch (UnknownEventTypeException e) {
            throw new RelayRefusedException(
                    "position " + record.position() + ": " + e.getMessage(), e);
        }
    }
}
