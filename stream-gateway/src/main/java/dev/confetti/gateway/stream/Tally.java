package dev.confetti.gateway.stream;

/** What a walk over viewers sent. */
final class Tally {
    long bytes;

    /** Units that viewers did not get, being too slow. */
    long dropped;
}
