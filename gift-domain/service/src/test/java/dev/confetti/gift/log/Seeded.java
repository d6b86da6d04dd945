package dev.confetti.gift.log;

import java.util.Random;

/** Runs a test with a random seed and names the seed when it fails. */
public final class Seeded {
    private static final String PROPERTY = "confetti.seed";

    private Seeded() {}

    /** A test on random input. */
    @FunctionalInterface
    public interface Body {
        void run(Random random) throws Exception;
    }

    /** Runs with a new seed, or with that of {@code -Dconfetti.seed}. */
    public static void run(Body body) throws Exception {
        long seed = Long.getLong(PROPERTY, System.nanoTime());
        try {
            body.run(new Random(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("failed with -D" + PROPERTY + "=" + seed, e);
        }
    }
}
