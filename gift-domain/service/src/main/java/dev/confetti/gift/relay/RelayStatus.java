package dev.confetti.gift.relay;

/** What the relay of this instance is doing. */
public sealed interface RelayStatus {

    /** It has not reached the broker or the database yet. */
    record Starting() implements RelayStatus {}

    /** Another instance publishes; this one stands ready. */
    record Standby() implements RelayStatus {}

    /** It publishes. */
    record Leading() implements RelayStatus {}

    /** The broker or the database is away; it keeps trying, and nothing is lost. */
    record Retrying(String reason) implements RelayStatus {}

    /** It does not publish, because topics and log contradict each other. */
    record Refused(String reason) implements RelayStatus {}

    /** It was closed. */
    record Closed() implements RelayStatus {}
}
