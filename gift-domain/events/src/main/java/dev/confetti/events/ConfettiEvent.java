package dev.confetti.events;

/**
 * Something that happened and was recorded in the event log.
 *
 * <p>The log holds no personal data: components marked as added by the relay are null in the log
 * and are filled in when the event is published.
 */
public sealed interface ConfettiEvent
        permits CoinEvent, CreatorEvent, FinanceEvent, GiftEvent, LiveEvent, PersonEvent {

    /** The key of the Kafka record; all events of one key are in one partition, in order. */
    String key();
}
