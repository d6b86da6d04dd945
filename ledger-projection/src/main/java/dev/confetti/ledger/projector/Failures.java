package dev.confetti.ledger.projector;

import dev.confetti.ledger.journal.LedgerMovedException;
import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Tells what passes by itself from what does not. */
final class Failures {
    private Failures() {}

    /**
     * Whether trying again can help: an engine is away or busy, or another writer was faster. What
     * the database refuses (a constraint, a missing table) and what rules refuse stays refused.
     */
    static boolean passes(Exception failure) {
        return switch (failure) {
            case SQLException e -> passes(e.getSQLState());
            case KafkaException _, LedgerMovedException _, MissingEventsException _ -> true;
            default -> false;
        };
    }

    private static boolean passes(@Nullable String sqlState) {
        if (sqlState == null || sqlState.length() != 5) {
            return true;
        }
        return switch (sqlState.substring(0, 2)) {
            // Broken data or statement: 22 data, 23 constraint, 42 syntax or access, P0 raised.
            case "22", "23", "42", "P0" -> false;
            // 55000 is the append-only trigger; 55P03 and the like are locks.
            case "55" -> !sqlState.equals("55000");
            default -> true;
        };
    }

    static String text(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
