package dev.confetti.ledger.verify;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a ledger's tables and values in them, changed as by somebody with all rights: no
 * trigger and no foreign key is in the way, only what the tables themselves refuse.
 */
final class StoredColumns {
    /**
     * SQLSTATEs: not null, unique, check and partition, out of range, an empty text, no such text.
     */
    private static final Set<String> REFUSALS =
            Set.of("23502", "23505", "23514", "22003", "22012", "54000", "22021");

    private final Connection connection;
    private final Random random;

    /** A column that is not made from others. */
    record Column(String table, String name, String type, boolean nullable) {
        @Override
        public String toString() {
            return table + "." + name;
        }
    }

    /**
     * A value.
     *
     * @param place PostgreSQL's name of the row, until it is changed
     * @param value as text; null for none
     */
    record Row(Column column, String place, @Nullable String value) {}

    StoredColumns(Connection connection, Random random) throws SQLException {
        this.connection = connection;
        this.random = random;
        execute("set search_path to ledger; set session_replication_role to replica");
    }

    List<String> tables() throws SQLException {
        return texts(
                "select relname from pg_class where relkind = 'r'"
                        + " and relnamespace = 'ledger'::regnamespace order by 1");
    }

    List<Column> all() throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                select c.relname, a.attname, format_type(a.atttypid, null), not a.attnotnull
                                from pg_attribute a join pg_class c on c.oid = a.attrelid
                                where c.relkind = 'r' and c.relnamespace = 'ledger'::regnamespace
                                    and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                                order by 1, a.attnum
                                """)) {
            while (row.next()) {
                columns.add(
                        new Column(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4)));
            }
        }
        return columns;
    }

    long count(String table) throws SQLException {
        return Long.parseLong(texts("select count(*) from " + table).getFirst());
    }

    /** Whether any row of any of the journal's months has a value there. */
    boolean isUsedInJournal(Column column) throws SQLException {
        return texts("select count(" + column.name() + ") > 0 from journal_entry")
                .getFirst()
                .equals("t");
    }

    /** Some rows in any order, then, where there is one, one without a value. */
    List<Row> rows(Column column, int count, String condition) throws SQLException {
        List<Row> rows = new ArrayList<>();
        for (boolean none : column.nullable() ? new boolean[] {false, true} : new boolean[1]) {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "select ctid::text, %s::text from %s where %s and %s is %s null order by md5(ctid::text || %d) limit %d"
                                            .formatted(
                                                    column.name(),
                                                    column.table(),
                                                    condition,
                                                    column.name(),
                                                    none ? "" : "not",
                                                    random.nextInt(1_000_000),
                                                    none ? 1 : count))) {
                while (row.next()) {
                    rows.add(new Row(column, row.getString(1), row.getString(2)));
                }
            }
        }
        return rows;
    }

    /** Expressions of values that are nearly the same, in any order; the table may refuse some. */
    List<String> otherValues(Column column) {
        String c = column.name();
        List<String> values = new ArrayList<>();
        switch (column.type()) {
            case "smallint", "integer", "bigint" -> {
                values.add(c + " # 1");
                values.add(c + " # " + (1L << (1 + random.nextInt(7))));
                // The asset of an account's id is in its last byte.
                values.add(c + " # " + (1L << (8 + random.nextInt(6))));
                values.add(c + " - 1");
                values.add(c + " + 100");
                values.add("coalesce(" + c + ", 1000000)");
            }
            case "text" -> {
                for (int i = 0; i < 3; i++) {
                    values.add(
                            "overlay(%1$s placing chr(ascii(substr(%1$s, 1 + %2$d %% length(%1$s), 1)) # %3$d) from 1 + %2$d %% length(%1$s) for 1)"
                                    .formatted(c, random.nextInt(60), 1 << random.nextInt(3)));
                }
                values.add(c + " || 'x'");
            }
            case "bytea" ->
                    values.add(
                            "set_byte(%1$s, %2$d %% length(%1$s), get_byte(%1$s, %2$d %% length(%1$s)) # %3$d)"
                                    .formatted(c, random.nextInt(64), 1 << random.nextInt(8)));
            case "uuid" ->
                    values.add(
                            "overlay(%1$s::text placing translate(substr(%1$s::text, 36), '0123456789abcdef', '1032547698badcfe') from 36)::uuid"
                                    .formatted(c));
            case "timestamp with time zone" -> {
                values.add(c + " + interval '1 microsecond'");
                values.add(c + " + interval '12 months'");
            }
            case "date" -> {
                values.add(c + " + 1");
                values.add("(" + c + " + interval '12 months')::date");
            }
            case "smallint[]", "bigint[]" -> {
                values.add(
                        "array(select case when i = 1 + %2$d %% cardinality(%1$s) then v # %3$d else v end from unnest(%1$s) with ordinality u (v, i) order by i)::%4$s"
                                .formatted(
                                        c,
                                        random.nextInt(60),
                                        1 << random.nextInt(16),
                                        column.type()));
                values.add("coalesce(" + c + ", '{1,1,1,1}')::" + column.type());
            }
            default ->
                    throw new IllegalArgumentException(
                            column + " of type " + column.type() + ": expected one known here");
        }
        if (column.nullable()) {
            values.add("null");
        }
        Collections.shuffle(values, random);
        return values;
    }

    /** The row with another value; null when the table refuses it, or it is the same. */
    @Nullable Row change(Row row, String expression) throws SQLException {
        Column column = row.column();
        String sql =
                "update %1$s set %2$s = %3$s where ctid = '%4$s' and %2$s is distinct from %3$s returning ctid::text"
                        .formatted(column.table(), column.name(), expression, row.place());
        try {
            List<String> places = texts(sql);
            return places.isEmpty() ? null : new Row(column, places.getFirst(), row.value());
        } catch (SQLException e) {
            if (REFUSALS.contains(e.getSQLState())) {
                return null;
            }
            throw e;
        }
    }

    /** Puts a value back. */
    void restore(Row row) throws SQLException {
        Column column = row.column();
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update %s set %s = ?::%s where ctid = '%s'"
                                .formatted(
                                        column.table(),
                                        column.name(),
                                        column.type(),
                                        row.place()))) {
            update.setString(1, row.value());
            update.executeUpdate();
        }
    }

    /** Names of a row by an expression of {@code r}. */
    List<String> names(Row row, String expression) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet names =
                        statement.executeQuery(
                                "select %s from %s r where ctid = '%s'"
                                        .formatted(
                                                expression, row.column().table(), row.place()))) {
            names.next();
            Array array = names.getArray(1);
            return new ArrayList<>(List.of((String[]) array.getArray()));
        }
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
