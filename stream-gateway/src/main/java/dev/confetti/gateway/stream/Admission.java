package dev.confetti.gateway.stream;

/** What became of a wish to publish. */
public sealed interface Admission {

    record Admitted(Publication publication) implements Admission {}

    /**
     * The publisher may not.
     *
     * @param detail for the person who publishes
     */
    record Denied(Why why, String detail) implements Admission {}

    enum Why {
        WRONG_KEY,
        NO_SUCH_LIVE,
        UNAVAILABLE
    }
}
