package dev.confetti.gift.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.log.LogVerifier.Fault;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogVerifierTest {
    private final TestDatabase postgres = new TestDatabase();
    private final LogVerifier verifier = new LogVerifier(postgres.dataSource());

    @BeforeEach
    void fill() {
        // Two instances by turns, so that each must read where the other left the chain.
        try (EventLog one = log();
                EventLog other = log()) {
            for (int i = 0; i < 6; i++) {
                (i % 2 == 0 ? one : other).append(List.of(EventLogTest.event(i, "ann", i)));
            }
        }
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void anUntouchedLogHolds() throws SQLException {
        LogVerifier.Report report = verifier.verify();

        assertThat(report.fault()).isEmpty();
        assertThat(report.rows()).isEqualTo(6);
        assertThat(report.headHash()).matches("[0-9a-f]{64}").isNotEqualTo("0".repeat(64));
    }

    @Test
    void anEmptyLogHolds() throws SQLException {
        try (TestDatabase empty = new TestDatabase()) {
            LogVerifier.Report report = new LogVerifier(empty.dataSource()).verify();

            assertThat(report).isEqualTo(new LogVerifier.Report(0, "0".repeat(64), report.fault()));
            assertThat(report.holds()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payload = set_byte(payload, 3, get_byte(payload, 3) # 1)",
                "type = 'confetti.test.v2'",
                "stream_id = 'bob'",
                "sequence = 77",
                "event_id = '00000000-0000-0000-0000-00000000ffff'",
                "occurred_at = occurred_at + interval '1 microsecond'",
                "metadata = ''",
                "hash = set_byte(hash, 31, get_byte(hash, 31) # 1)"
            })
    void oneChangedByteIsNamedByItsPosition(String change) throws SQLException {
        tamper("update domain.event_log set " + change + " where position = 4");

        LogVerifier.Report report = verifier.verify();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.fault())
                .contains(
                        new Fault(
                                4,
                                "its hash does not follow from the row before and its own content:"
                                        + " one of its bytes was changed"));
    }

    @Test
    void aMissingRowIsNamed() throws SQLException {
        tamper("delete from domain.event_log where position = 4");

        assertThat(verifier.verify().fault())
                .contains(new Fault(4, "no row: expected one before position 5"));
    }

    @Test
    void aMissingLastRowIsNamed() throws SQLException {
        tamper("delete from domain.event_log where position = 6");

        assertThat(verifier.verify().fault())
                .contains(new Fault(6, "no row: expected rows up to the head at 6"));
    }

    @Test
    void aRowBeyondTheHeadIsNamed() throws SQLException {
        tamper("update domain.log_head set position = 5");

        assertThat(verifier.verify().fault())
                .contains(new Fault(6, "a row: expected none beyond the head in log_head"));
    }

    @Test
    void aTimeThatStepsBackIsNamed() throws SQLException {
        tamper(
                "update domain.event_log set recorded_at = recorded_at - interval '1 day' where"
                        + " position = 4");

        assertThat(verifier.verify().fault())
                .hasValueSatisfying(
                        fault -> {
                            assertThat(fault.position()).isEqualTo(4);
                            assertThat(fault.what()).startsWith("recorded at");
                        });
    }

    private void tamper(String sql) throws SQLException {
        postgres.execute(
                "alter table domain.event_log disable trigger event_log_is_append_only;"
                        + sql
                        + ";alter table domain.event_log enable always trigger"
                        + " event_log_is_append_only");
    }

    private EventLog log() {
        return new EventLog(
                postgres.dataSource(),
                InstantSource.system(),
                List.of(),
                EventLogConfig.defaults());
    }
}
