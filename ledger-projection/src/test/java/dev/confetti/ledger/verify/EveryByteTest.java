package dev.confetti.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.verify.StoredColumns.Column;
import dev.confetti.ledger.verify.StoredColumns.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Books with every event that posts, three months of them, two sealed: in each column of each table
 * one value is changed, by somebody with all rights, and verify names the row. The log of accesses
 * is not part of the books.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryByteTest {
    private static final int ROWS = 2;

    /** Rows may refuse all values that are tried. */
    private static final int CANDIDATES = 12;

    /** Tables that say nothing of the books. */
    private static final Map<String, String> OTHER_TABLES =
            Map.of("flyway_schema_history", "which migrations the tables have had");

    /** Columns that nothing in the ledger can tell to be wrong. */
    private static final Map<String, String> OTHER_COLUMNS =
            Map.of(
                    "source_position.ledger_id",
                    "drawn at random; a writer that holds another one starts anew",
                    "source_partition.partition",
                    "known to Kafka; a reader that begins elsewhere is stopped by what each event"
                            + " says of the one before it",
                    "source_partition.next_offset",
                    "likewise");

    /** Where only some rows can be told to be wrong: which. */
    private static final Map<String, String> CHECKED_ROWS =
            Map.of(
                    // Of the others only Kafka knows, as above.
                    "source_partition.last_position",
                    "last_position = (select max(last_position) from source_partition)");

    /** By table, what a finding may call a row: an array of texts, of the row r. */
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry(
                            "journal_entry",
                            // One that is missing is named by the one that follows.
                            "array['entry ' || r.entry_id] || array(select 'entry ' ||"
                                    + " entry_id from journal_entry where entry_id > r.entry_id"
                                    + " order by entry_id limit 1)"),
                    Map.entry("journal_leg_more", "array['entry ' || r.entry_id]"),
                    Map.entry(
                            "account",
                            "array['account ' || r.id] || array(select 'entry ' || entry_id"
                                    + " from leg where r.id in (d, c))"),
                    Map.entry(
                            "asset",
                            "array['asset ' || r.code] || array(select 'account ' || id"
                                    + " from account where asset = r.code)"),
                    Map.entry("balance", account("balance of ")),
                    Map.entry("balance_history", account("history of ")),
                    Map.entry("lot", "array['position ' || r.position, 'entry ' || r.position]"),
                    Map.entry("lot_country", "array['lot_country of position ' || r.position]"),
                    Map.entry("creator_payable", "array['creator ' || r.creator_id]"),
                    Map.entry(
                            "creator_day",
                            "array['creator_day of ' || r.creator_id || ' on ' || r.day]"),
                    Map.entry(
                            "daily_movement",
                            "array[concat_ws(' ', 'daily_movement of', r.day, r.type, r.debit,"
                                    + " 'from', r.credit)]"),
                    Map.entry("clearing_item", "array['reference ' || r.reference]"),
                    Map.entry("vat_month", "array['vat_month of ' || r.month]"),
                    Map.entry("period_seal", "array['seal of ' || r.period]"),
                    Map.entry(
                            "journal_month",
                            "array['month ' || to_char(r.begins at time zone 'UTC', 'YYYY-MM')]"),
                    Map.entry("live_history", "array['live ' || r.live_id]"),
                    Map.entry("live_open", "array['live ' || r.live_id]"),
                    Map.entry("live_start", "array['live_start']"),
                    Map.entry("source_position", "array['source_position']"),
                    Map.entry(
                            "source_partition",
                            "array['partition ' || r.topic || '/' || r.partition,"
                                    + " 'source_position']"));

    private static String account(String what) {
        return "array[coalesce((select '"
                + what
                + "' || code || ' ' || asset from account where id = r.account_id), '"
                + what
                + "account id ' || r.account_id)]";
    }

    private final Random random = new Random(7);
    private LedgerDatabaseFixture ledger;
    private Connection connection;
    private StoredColumns columns;

    @SuppressWarnings("NullAway.Init") // set before all tests
    EveryByteTest() {}

    @BeforeAll
    void fill() throws SQLException {
        ledger = BooksOfAllKinds.booked();
        connection = ledger.dataSource.getConnection();
        columns = new StoredColumns(connection, random);
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    @AfterAll
    void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    /** So that a table or a month's partition that somebody adds is not forgotten here. */
    @Test
    void everyTableOfTheSchemaIsKnownHereAndHasRows() throws SQLException {
        Set<String> tables = new TreeSet<>(columns.tables());
        tables.removeAll(OTHER_TABLES.keySet());
        Set<String> kinds = new TreeSet<>();
        for (String table : tables) {
            kinds.add(kind(table));
            assertThat(columns.count(table)).as("rows of %s", table).isPositive();
        }
        assertThat(kinds).isEqualTo(new TreeSet<>(NAMES.keySet()));
        assertThat(tables)
                .contains(
                        "journal_entry_2026_01", "journal_entry_2026_02", "journal_entry_2026_03");
    }

    /** Each column of each table, as the database lists them. */
    @TestFactory
    Stream<DynamicTest> aChangedValueIsNamed() throws SQLException {
        return columns.all().stream()
                .filter(each -> !OTHER_TABLES.containsKey(each.table()))
                .filter(each -> !OTHER_COLUMNS.containsKey(each.toString()))
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> changed(each)));
    }

    private void changed(Column column) throws SQLException {
        String condition = CHECKED_ROWS.getOrDefault(column.toString(), "true");
        int changed = 0;
        boolean hasValue = false;
        for (Row row : columns.rows(column, CANDIDATES, condition)) {
            boolean none = row.value() == null;
            hasValue |= !none;
            if ((none || changed < ROWS) && changeOne(column, row)) {
                changed++;
            }
        }
        if (!hasValue) {
            // Legs that no entry of this month has: the columns hang together.
            assertThat(columns.isUsedInJournal(column)).as("%s in any month", column).isTrue();
        } else {
            assertThat(changed).as("values of %s that the database takes", column).isPositive();
        }
    }

    /** Whether the row takes any other value; then that must be named. */
    private boolean changeOne(Column column, Row row) throws SQLException {
        List<String> names = columns.names(row, nameOf(column));
        for (String value : columns.otherValues(column)) {
            Row tampered = columns.change(row, value);
            if (tampered != null) {
                try {
                    names.addAll(columns.names(tampered, nameOf(column)));
                    assertNamed(column + " = " + value, names);
                } finally {
                    columns.restore(tampered);
                }
                return true;
            }
        }
        return false;
    }

    private void assertNamed(String change, List<String> names) throws SQLException {
        Verification verification;
        try {
            verification = verify();
        } catch (SQLException unreadable) {
            assertThat("" + unreadable.getMessage()).as(change).contains(names.getFirst());
            return;
        }
        assertThat(verification.holds()).as("holds after %s", change).isFalse();
        Verification.Fault fault = Objects.requireNonNull(verification.firstFault());
        assertThat(names)
                .as("%s after %s", fault, change)
                .anyMatch(
                        name ->
                                Pattern.compile(Pattern.quote(name) + "(?![0-9])")
                                        .matcher(fault.where() + ": " + fault.detail())
                                        .find());
    }

    private static String nameOf(Column column) {
        return Objects.requireNonNull(NAMES.get(kind(column.table())));
    }

    /** The partitions of the journal are of one kind. */
    private static String kind(String table) {
        return table.replaceFirst("^journal_entry_\\d{4}_\\d{2}$", "journal_entry");
    }

    private Verification verify() throws SQLException {
        return new LedgerVerifier(ledger.transactions).verify();
    }
}
