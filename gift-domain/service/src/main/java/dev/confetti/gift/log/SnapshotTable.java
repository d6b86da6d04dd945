package dev.confetti.gift.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The table {@code domain.snapshot}: the latest state of each stream that is long. Thread-safe. */
public final class SnapshotTable {
    private static final String FIND =
            "select sequence, revision, state from domain.snapshot where stream_type = ? and"
                    + " stream_id = ?";
    private static final String ALL =
            "select stream_id, sequence, revision, state from domain.snapshot where stream_type = ?";
    private static final String SAVE =
            """
            insert into domain.snapshot (stream_type, stream_id, sequence, revision, state)
            values (?, ?, ?, ?, ?)
            on conflict (stream_type, stream_id) do update
                set sequence = excluded.sequence, revision = excluded.revision, state = excluded.state
                where snapshot.sequence < excluded.sequence or snapshot.revision <> excluded.revision
            """;

    private final DataSource database;

    public SnapshotTable(DataSource database) {
        this.database = database;
    }

    /**
     * A row.
     *
     * @param sequence of the last event that the state has seen
     * @param revision of the code that wrote the state
     */
    @SuppressWarnings("ArrayRecordComponent") // a row's raw bytes; rows are never compared
    public record Row(AggregateName name, long sequence, int revision, byte[] state) {}

    public Optional<Row> find(AggregateName name) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, name.streamType());
            query.setString(2, name.streamId());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Row(name, row.getLong(1), row.getInt(2), row.getBytes(3)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("a snapshot cannot be read", false, e);
        }
    }

    /** All rows of a type of stream. */
    public List<Row> all(String streamType) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(ALL)) {
            query.setString(1, streamType);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(
                            new Row(
                                    new AggregateName(streamType, row.getString(1)),
                                    row.getLong(2),
                                    row.getInt(3),
                                    row.getBytes(4)));
                }
            }
        }
        return rows;
    }

    /** Keeps rows; one that is older than what is there changes nothing. */
    public void save(List<Row> rows) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement(SAVE)) {
            for (Row row : rows) {
                upsert.setString(1, row.name().streamType());
                upsert.setString(2, row.name().streamId());
                upsert.setLong(3, row.sequence());
                upsert.setInt(4, row.revision());
                upsert.setBytes(5, row.state());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }
}
