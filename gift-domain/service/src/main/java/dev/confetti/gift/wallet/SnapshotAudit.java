package dev.confetti.gift.wallet;

import dev.confetti.events.LogReader;
import dev.confetti.gift.log.SnapshotTable;
import dev.confetti.gift.log.SnapshotTable.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Whether the snapshots of wallets are what the log says: each wallet that has one is added up from
 * its first event and compared at the snapshot's.
 *
 * @param compared how many snapshots lie within the log as it was looked at
 * @param differences one line for each that says something else
 */
public record SnapshotAudit(int compared, List<String> differences) {
    public SnapshotAudit {
        differences = List.copyOf(differences);
    }

    /**
     * Compares.
     *
     * @param upTo a position of the log; snapshots that are newer are left out
     */
    public static SnapshotAudit of(DataSource database, LogReader log, long upTo)
            throws SQLException {
        Map<String, Row> snapshots = new HashMap<>();
        for (Row row : new SnapshotTable(database).all(Wallet.STREAM_TYPE)) {
            snapshots.put(row.name().streamId(), row);
        }
        Map<String, WalletState> wallets = new HashMap<>();
        List<String> differences = new ArrayList<>();
        int before = snapshots.size();
        // A log that ends early is the verifier's to name.
        log.readUpTo(
                before == 0 ? 0 : upTo,
                record -> {
                    Row snapshot = snapshots.get(record.streamId());
                    if (snapshot == null || !record.streamType().equals(Wallet.STREAM_TYPE)) {
                        return;
                    }
                    WalletState state =
                            wallets.getOrDefault(record.streamId(), WalletState.EMPTY)
                                    .evolve(record.event(), record.occurredAt());
                    wallets.put(record.streamId(), state);
                    if (record.sequence() == snapshot.sequence()) {
                        difference(snapshot, state).ifPresent(differences::add);
                        snapshots.remove(record.streamId());
                        wallets.remove(record.streamId());
                    }
                });
        return new SnapshotAudit(before - snapshots.size(), differences);
    }

    private static Optional<String> difference(Row snapshot, WalletState expected) {
        // What nobody would read cannot mislead.
        return WalletSnapshots.decode(snapshot)
                .filter(state -> !state.equals(expected))
                .map(
                        state ->
                                "wallet %s at sequence %d: the log says %s, the snapshot %s"
                                        .formatted(
                                                snapshot.name().streamId(),
                                                snapshot.sequence(),
                                                expected,
                                                state));
    }
}
