package dev.confetti.gateway.control;

/** What the service said to a question about a publisher. */
public sealed interface Answer {

    /**
     * Yes.
     *
     * @param leaseMs for how long, without asking again; 0 where the question grants no lease
     */
    record Granted(long leaseMs) implements Answer {}

    /**
     * No, and asking again will not help.
     *
     * @param detail for the person who publishes
     */
    record Refused(Refusal why, String detail) implements Answer {}

    /** No answer: the service is down, slow or confused; asking again may help. */
    record Unavailable(String detail) implements Answer {}

    enum Refusal {
        WRONG_KEY,
        UNKNOWN_LIVE,
        LIVE_ENDED,
        REPLACED,
        OTHER
    }
}
