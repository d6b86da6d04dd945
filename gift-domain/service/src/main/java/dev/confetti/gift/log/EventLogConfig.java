package dev.confetti.gift.log;

/**
 * How the log writes.
 *
 * @param maxBatchRows the most rows of one transaction, 1 to 100,000; appends that wait beyond it
 *     go into the next
 * @param databaseTimeoutMs how long a statement, or the wait for another instance's writer, may
 *     take before the append fails, 1,000 to 600,000
 */
public record EventLogConfig(int maxBatchRows, int databaseTimeoutMs) {

    public EventLogConfig {
        require("maxBatchRows", maxBatchRows, 1, 100_000);
        require("databaseTimeoutMs", databaseTimeoutMs, 1_000, 600_000);
    }

    /** Batches of 1,000 rows, 15 seconds. */
    public static EventLogConfig defaults() {
        return new EventLogConfig(1_000, 15_000);
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " " + value + ": expected " + least + " to " + most);
        }
    }
}
