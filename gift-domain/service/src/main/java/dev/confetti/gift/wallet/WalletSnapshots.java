package dev.confetti.gift.wallet;

import dev.confetti.gift.log.AggregateName;
import dev.confetti.gift.log.SnapshotTable;
import dev.confetti.gift.log.SnapshotTable.Row;
import dev.confetti.gift.log.Snapshots;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Snapshots of wallets: every so many events a wallet's state is kept, so that a wallet with a
 * million gifts is read as quickly as one with a hundred. Thread-safe.
 *
 * <p>A wallet counts the events behind its last snapshot itself: one whose snapshot was lost, or is
 * of another revision, is read in full once and has a new one with its next event.
 *
 * <p>They are written behind, by a thread of their own: a send never waits for one, and one that is
 * lost only means that more events are read.
 */
public final class WalletSnapshots implements Snapshots, AutoCloseable {
    /** To be raised whenever a state of old means something else by now. */
    static final int REVISION = 2;

    private static final Logger LOG = LoggerFactory.getLogger(WalletSnapshots.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 200;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    // A state of other fields is another revision's, whatever it says it is.
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private final SnapshotTable table;
    private final int everyEvents;
    private final BlockingQueue<Pending> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread writer;

    /**
     * @param everyEvents how many events of a wallet lie between two snapshots, 1 or more
     */
    public WalletSnapshots(SnapshotTable table, int everyEvents) {
        this.table = table;
        this.everyEvents = everyEvents;
        this.writer = Thread.ofPlatform().name("wallet-snapshots").daemon().start(this::run);
    }

    private record Pending(String viewerId, long sequence, WalletState state) {}

    int everyEvents() {
        return everyEvents;
    }

    /**
     * Keeps a wallet's state, soon.
     *
     * @param sequence of the event that led to it, which is in the log
     */
    void keep(String viewerId, long sequence, WalletState state) {
        if (!waiting.offer(new Pending(viewerId, sequence, state))) {
            LOG.debug("too many snapshots wait; that of wallet {} is left out", viewerId);
        }
    }

    @Override
    public Optional<Snapshot> find(AggregateName name) {
        if (!name.streamType().equals(Wallet.STREAM_TYPE)) {
            return Optional.empty();
        }
        return table.find(name)
                .flatMap(
                        row ->
                                decode(row)
                                        .map(
                                                state ->
                                                        new Snapshot(
                                                                row.sequence(), (Object) state)));
    }

    /** Empty when another revision wrote it. */
    static Optional<WalletState> decode(Row row) {
        if (row.revision() != REVISION) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(row.state(), WalletState.class));
        } catch (JacksonException e) {
            LOG.warn(
                    "the snapshot of {} at sequence {} is unreadable and passed over",
                    row.name(),
                    row.sequence(),
                    e);
            return Optional.empty();
        }
    }

    static Row encode(String viewerId, long sequence, WalletState state) {
        return new Row(
                new AggregateName(Wallet.STREAM_TYPE, viewerId),
                sequence,
                REVISION,
                JSON.writeValueAsBytes(state));
    }

    private void run() {
        List<Pending> batch = new ArrayList<>();
        try {
            while (true) {
                batch.clear();
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_AT_ONCE - 1);
                save(batch);
            }
        } catch (InterruptedException e) {
            LOG.debug("no more snapshots");
        }
    }

    private void save(List<Pending> batch) {
        try {
            table.save(
                    batch.stream()
                            .map(each -> encode(each.viewerId(), each.sequence(), each.state()))
                            .toList());
        } catch (SQLException | RuntimeException e) {
            LOG.warn("{} snapshots could not be kept", batch.size(), e);
        }
    }

    /** What waits is dropped: it is a shortcut only. */
    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
