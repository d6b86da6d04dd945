package dev.confetti.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.LedgerDatabaseFixture;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Lists of more closed blocks than one query reads. */
class ManyBlocksTest {
    private static final int BLOCKS = 200;
    private static final long LAST = (long) BLOCKS * Block.POSITIONS;

    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();

    /** A gift at the begin and one at the end of each block. */
    @Test
    void aLiveOfManyBlocksIsFoundWholeInBothOrders() throws SQLException {
        ledger.execute(
                """
                insert into live_history
                select 'star', b * 8192, array[1, 8192]::smallint[] from generate_series(1, 200) b
                """);
        List<Long> all =
                LongStream.rangeClosed(1, BLOCKS)
                        .flatMap(b -> LongStream.of((b - 1) * 8_192 + 1, b * 8_192))
                        .boxed()
                        .toList();
        assertThat(live(0, LAST, 1_000, false)).isEqualTo(all);
        assertThat(live(0, LAST, 1_000, true)).isEqualTo(all.reversed());
        assertThat(live(0, LAST, 399, false)).isEqualTo(all.subList(0, 399));
        assertThat(live(1, LAST - 1, 1_000, false)).isEqualTo(all.subList(1, 399));
    }

    /**
     * One account has a posting at the begin of each block, another at the end of each fifth one,
     * so that pages of blocks end between the two.
     */
    @Test
    void accountsOfManyBlocksAreFoundWholeInBothOrders() throws SQLException {
        ledger.execute(
                """
                insert into balance_history
                select 1024, b * 8192, b, 0, array[(b - 1) * 8192 + 1]::bigint[]
                from generate_series(1, 200) b
                union all
                select 1025, b * 8192, b, 0, array[b * 8192]::bigint[]
                from generate_series(2, 200, 5) b
                """);
        List<Long> all =
                LongStream.rangeClosed(1, BLOCKS)
                        .flatMap(
                                b ->
                                        b % 5 == 2
                                                ? LongStream.of((b - 1) * 8_192 + 1, b * 8_192)
                                                : LongStream.of((b - 1) * 8_192 + 1))
                        .boxed()
                        .toList();
        assertThat(all).hasSize(240);
        assertThat(accounts(0, LAST, 1_000, false)).isEqualTo(all);
        assertThat(accounts(0, LAST, 1_000, true)).isEqualTo(all.reversed());
        assertThat(accounts(0, LAST, 200, true)).isEqualTo(all.reversed().subList(0, 200));
        assertThat(accounts(1, LAST - 8_192, 1_000, false)).isEqualTo(all.subList(1, 239));
    }

    private List<Long> live(long after, long through, int limit, boolean newestFirst)
            throws SQLException {
        return ledger.transactions.read(
                c -> new LiveEntries(c, "star").find(after, through, limit, newestFirst));
    }

    private List<Long> accounts(long after, long through, int limit, boolean newestFirst)
            throws SQLException {
        LedgerPosition applied = new LedgerPosition(LAST, 240, ChainHash.START);
        return ledger.transactions.read(
                c ->
                        new AccountEntries(c, applied, List.of(1_024L, 1_025L))
                                .find(after, through, limit, newestFirst));
    }
}
