package dev.confetti.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.simulation.world.Databases;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The service against the model, with new seeds at every build. */
class SimulationTest {
    private static final String SEED = "confetti.simulation.seed";
    private static final String RUNS = "confetti.simulation.runs";

    @Test
    void theServiceSaysWhatTheModelSaysWhateverGoesWrong() throws Exception {
        Databases databases = new Databases(TestEngines.freshPostgres());
        Long given = Long.getLong(SEED);
        Random seeds = new Random();
        int runs = given == null ? Integer.getInteger(RUNS, 12) : 1;
        for (int run = 0; run < runs; run++) {
            long seed = given == null ? seeds.nextLong() : given;
            try {
                assertThat(Run.of(seed, SimulateCommand.STEPS, databases)).isNotEmpty();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("failed with -D" + SEED + "=" + seed, e);
            }
        }
    }
}
