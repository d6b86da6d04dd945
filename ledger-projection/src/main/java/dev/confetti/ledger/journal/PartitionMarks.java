package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** How far each partition was read, in its table. */
final class PartitionMarks {
    private PartitionMarks() {}

    static List<PartitionMark> read(Connection connection) throws SQLException {
        List<PartitionMark> marks = new ArrayList<>();
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select topic, partition, next_offset, last_position"
                                        + " from source_partition order by topic, partition");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                marks.add(
                        new PartitionMark(
                                row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4)));
            }
        }
        return marks;
    }

    private static final Comparator<Delivery> BY_PARTITION =
            Comparator.comparing(Delivery::topic).thenComparingInt(Delivery::partition);

    /** Moves the partitions of these deliveries on to the last of each. */
    static void write(Connection connection, List<Delivery> deliveries) throws SQLException {
        TreeMap<Delivery, Delivery> lasts = new TreeMap<>(BY_PARTITION);
        for (Delivery delivery : deliveries) {
            lasts.put(delivery, delivery);
        }
        Collection<Delivery> last = lasts.values();
        long[] partitions = last.stream().mapToLong(Delivery::partition).toArray();
        long[] offsets = last.stream().mapToLong(Delivery::nextOffset).toArray();
        long[] positions = last.stream().mapToLong(d -> d.source().position()).toArray();
        try (PreparedStatement merge =
                connection.prepareStatement(
                        """
                        merge into source_partition s using (select * from unnest(?, ?, ?, ?)) as n
                            (topic, partition, next_offset, last_position)
                        on s.topic = n.topic and s.partition = n.partition
                        when matched then update set last_position = n.last_position,
                            next_offset = case when n.next_offset < 0 then s.next_offset else n.next_offset end
                        when not matched then insert values
                            (n.topic, n.partition, greatest(n.next_offset, 0), n.last_position)
                        """)) {
            merge.setArray(
                    1,
                    connection.createArrayOf("text", last.stream().map(Delivery::topic).toArray()));
            merge.setObject(2, partitions);
            merge.setObject(3, offsets);
            merge.setObject(4, positions);
            merge.executeUpdate();
        }
    }
}
