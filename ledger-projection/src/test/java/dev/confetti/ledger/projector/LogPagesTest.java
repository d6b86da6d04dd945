package dev.confetti.ledger.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.LogReader;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.TestLog;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.SourceEvent;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log with the eight events of the example. */
class LogPagesTest {
    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    private final LogPages pages = new LogPages(new LogReader(ledger.dataSource));
    private final List<SourceEvent> events = Samples.numbered(Samples.example());

    @BeforeEach
    void fill() throws SQLException {
        TestLog.createTable(ledger.dataSource);
        TestLog.append(ledger.dataSource, events);
    }

    @Test
    void eventsComeInOrderAsTheirPartitionsWouldBringThem() throws SQLException {
        List<Delivery> all = pages.read(0, 100);
        assertThat(all).extracting(Delivery::source).isEqualTo(events);
        for (Delivery delivery : all) {
            assertThat(new TopicPartition(delivery.topic(), delivery.partition()))
                    .isEqualTo(TestLog.partition(delivery.source()));
            assertThat(delivery.nextOffset()).isEqualTo(Delivery.NOT_FROM_KAFKA);
        }
        assertThat(pages.read(2, 3))
                .extracting(delivery -> delivery.source().position())
                .containsExactly(3L, 4L, 5L);
        assertThat(pages.read(8, 3)).isEmpty();
    }

    @Test
    void aGapIsNotReadOver() throws SQLException {
        ledger.execute("delete from domain.event_log where position = 3");
        assertThat(pages.read(0, 100)).hasSize(2);
        assertThatThrownBy(() -> pages.read(2, 100))
                .isInstanceOf(BrokenSourceException.class)
                .hasMessage("event log: position 4: expected 3, the log has no gaps");
    }

    @Test
    void aBrokenEventIsNamedOnceItIsTheFirst() throws SQLException {
        ledger.execute("update domain.event_log set payload = '{}' where position = 3");
        assertThat(pages.read(0, 100)).hasSize(2);
        assertThatThrownBy(() -> pages.read(2, 100))
                .isInstanceOf(BrokenSourceException.class)
                .hasMessageStartingWith("event log: position 3: ");
    }

    @Test
    void anUnknownTypeIsNamedOnceItIsTheFirst() throws SQLException {
        ledger.execute(
                "update domain.event_log set type = 'confetti.moon-landed.v1' where position = 1");
        assertThatThrownBy(() -> pages.read(0, 100))
                .isInstanceOf(BrokenSourceException.class)
                .hasMessageContaining("position 1: ")
                .hasMessageContaining("confetti.moon-landed.v1");
    }
}
