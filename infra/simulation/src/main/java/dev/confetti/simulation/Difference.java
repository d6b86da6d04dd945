package dev.confetti.simulation;

/** The service and the model say different things. */
public final class Difference extends RuntimeException {
    public Difference(String what) {
        super(what);
    }
}
