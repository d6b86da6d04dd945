package dev.confetti.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.ledger.ClosedMonths;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.seal.Seal;
import dev.confetti.ledger.seal.SealKey;
import dev.confetti.ledger.verify.LedgerVerifier;
import dev.confetti.ledger.verify.Verification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealsTest {
    private static final Duration STEP = Duration.ofDays(20);

    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    private final JournalWriter writer = new JournalWriter(ledger.transactions);

    /** On January 21, February 10, then in March: closes January, later closes February. */
    private final List<SourceEvent> events =
            Samples.numbered(
                    List.of(
                            Samples.grant(1, "v", 5),
                            Samples.grant(2, "w", 7),
                            ClosedMonths.closing("2026-01", 1),
                            Samples.grant(3, "v", 11),
                            ClosedMonths.closing("2026-02", 2)),
                    STEP);

    @Test
    void aSealSaysWhatTheBooksWereAtTheMonthsEnd() throws Exception {
        book(ledger.transactions, events);
        ModelLedger model = new ModelLedger(events);
        Seal february = seals().get(1);
        assertThat(february)
                .isEqualTo(
                        new Seal(
                                "2026-02",
                                5,
                                2,
                                2,
                                model.entries().get(1).hash().toString(),
                                sha256(
                                        """
                                        confetti-balances-1
                                        coin:issued:promo\tCOIN\t12\t0
                                        viewer:v:coin:promo\tCOIN\t0\t5
                                        viewer:w:coin:promo\tCOIN\t0\t7
                                        """),
                                "ab".repeat(32),
                                Instant.parse("2026-04-11T00:00:00Z"),
                                february.publicKey(),
                                february.signature()));
        assertThat(february.text())
                .isEqualTo(
                        "confetti-seal-1\n2026-02\t5\t2\t2\n"
                                + february.chain()
                                + "\n"
                                + february.balances()
                                + "\n"
                                + "ab".repeat(32)
                                + "\n1775865600000000\n");
        assertThat(february.isSigned()).isTrue();
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    @Test
    void aMonthWithoutEntriesIsSealedAndTakesNoneLater() throws Exception {
        book(
                ledger.transactions,
                Samples.numbered(List.of(ClosedMonths.closing("2026-01", 0)), Duration.ofDays(40)));
        Seal january = seals().getFirst();
        assertThat(january.entries()).isZero();
        assertThat(january.chain()).isEqualTo("0".repeat(64));
        assertThat(january.balances()).isEqualTo(sha256("confetti-balances-1\n"));
        assertThat(january.isSigned()).isTrue();
        assertThatThrownBy(
                        () ->
                                ledger.execute(
                                        "select make_journal_month('2026-01-01T00:00:00Z', 2)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("this one is sealed");
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    /** February has the entry right after January's last one, March the one after that. */
    @Test
    void aMonthThatIsClosedLateCountsItsOwnEntriesAlone() throws SQLException {
        book(
                ledger.transactions,
                Samples.numbered(
                        List.of(
                                Samples.grant(1, "v", 5),
                                Samples.grant(2, "w", 7),
                                Samples.grant(3, "v", 11),
                                ClosedMonths.closing("2026-01", 1)),
                        Duration.ofDays(28)));
        assertThat(
                        ledger.value(
                                "select string_agg(first_entry::text, ' ' order by begins) from journal_month"))
                .isEqualTo("1 2 3");
        assertThat(seals()).extracting(Seal::entries).containsExactly(1L);
    }

    @Test
    void pagesOfSealsGoOnAfterTheLastMonth() throws SQLException {
        book(ledger.transactions, events);
        assertThat(after("", 1)).containsExactly("2026-01");
        assertThat(after("2026-01", 1)).containsExactly("2026-02");
        assertThat(after("2026-02", 1)).isEmpty();
    }

    private List<String> after(String period, int limit) throws SQLException {
        return ledger.transactions.read(
                c -> StoredSeals.after(c, period, limit).stream().map(Seal::period).toList());
    }

    @Test
    void sealsOfManyMonthsAreThoseOfTheModelHoweverBatched() throws SQLException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<SourceEvent> run =
                ClosedMonths.of(new RandomEvents(seed, 30).next(17_000), Duration.ofMinutes(150));
        JournalWriter current = writer;
        current.load();
        for (int from = 0; from < run.size(); ) {
            int to = Math.min(run.size(), from + 1 + random.nextInt(5_000));
            current.book(LedgerDatabaseFixture.deliveries(run.subList(from, to)));
            from = to;
        }
        List<Seal> seals = seals();
        assertThat(seals).as("seed %d", seed).hasSizeGreaterThan(55);
        Verification verification = verify();
        assertThat(verification.holds()).as("seed %d: %s", seed, verification).isTrue();
        ModelLedger model = new ModelLedger(run);
        for (Seal seal : seals) {
            List<JournalEntry> until =
                    model.entries().stream()
                            .filter(e -> e.position() <= seal.throughPosition())
                            .toList();
            assertThat(seal.entries()).as("seed %d, %s", seed, seal).isEqualTo(until.size());
            assertThat(seal.chain())
                    .as("seed %d, %s", seed, seal)
                    .isEqualTo(until.getLast().hash().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into journal_entry (entry_id, recorded_at, d1, c1, a1, event_id, reference, type, hash)"
                        + " select 9, '2026-01-31T00:00:00Z', d1, c1, a1, event_id, reference, type, hash"
                        + " from journal_entry where entry_id = 1",
                "insert into journal_entry_2026_01 (entry_id, recorded_at, d1, c1, a1, event_id, reference, type, hash)"
                        + " select 9, '2026-01-31T00:00:00Z', d1, c1, a1, event_id, reference, type, hash"
                        + " from journal_entry where entry_id = 1",
                "select make_journal_month('2025-12-01T00:00:00Z', 1)",
                "insert into journal_leg_more select entry_id, recorded_at, 9, d1, c1, a1"
                        + " from journal_entry where entry_id = 2",
                "set search_path to public; insert into ledger.journal_leg_more select entry_id, recorded_at, 9,"
                        + " d1, c1, a1 from ledger.journal_entry where entry_id = 2",
            })
    void aSealedMonthTakesNothingMore(String sql) throws SQLException {
        book(ledger.transactions, events);
        assertThatThrownBy(() -> ledger.execute(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("this one is sealed");
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    @Test
    void theWriterItselfCannotBookIntoASealedMonth() throws SQLException {
        book(ledger.transactions, events);
        SourceEvent late =
                new SourceEvent(
                        6,
                        Samples.id(6),
                        events.getFirst().type(),
                        events.getFirst().recordedAt(),
                        Samples.grant(6, "v", 1));
        writer.load();
        assertThatThrownBy(() -> writer.book(LedgerDatabaseFixture.deliveries(List.of(late))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("this one is sealed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update period_seal set entries = 3",
                "delete from period_seal",
                "truncate period_seal"
            })
    void sealsAreNotChanged(String sql) throws SQLException {
        book(ledger.transactions, events);
        assertThatThrownBy(() -> ledger.execute(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("expected inserts only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update period_seal set position = position + 5 where period = '2026-01'",
                "update period_seal set through_position = 0 where period = '2026-01'",
                "update period_seal set entries = entries + 1 where period = '2026-01'",
                "update period_seal set chain = set_byte(chain, 7, get_byte(chain, 7) # 1) where period = '2026-01'",
                "update period_seal set balances = set_byte(balances, 7, get_byte(balances, 7) # 1) where period = '2026-01'",
                "update period_seal set log_hash = set_byte(log_hash, 7, get_byte(log_hash, 7) # 1) where period = '2026-01'",
                "update period_seal set sealed_at = sealed_at + interval '1 microsecond' where period = '2026-01'",
                "update period_seal set public_key = set_byte(public_key, 30, get_byte(public_key, 30) # 1) where period = '2026-01'",
                "update period_seal set signature = set_byte(signature, 7, get_byte(signature, 7) # 1) where period = '2026-01'",
                "update period_seal set period = '2025-12' where period = '2026-01'"
            })
    void aForcedChangeOfASealIsNamed(String sql) throws SQLException {
        book(ledger.transactions, events);
        ledger.execute("set session_replication_role = replica; " + sql);
        Verification.Fault fault = Objects.requireNonNull(verify().firstFault());
        assertThat(fault.check()).as("%s", fault).isEqualTo("seals");
        assertThat(fault.where()).as("%s", fault).matches("seal of (2026-01|2025-12)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from period_seal where period = '2026-02' | month 2026-02",
                "drop trigger sealed on journal_entry_2026_01 | month 2026-01",
                "alter table journal_entry_2026_01 disable trigger sealed | month 2026-01"
            })
    void aMonthThatIsOpenAgainIsNamed(String line) throws SQLException {
        String[] parts = line.split(" \\| ", -1);
        book(ledger.transactions, events);
        ledger.execute("set session_replication_role = replica; " + parts[0]);
        Verification.Fault fault = Objects.requireNonNull(verify().firstFault());
        assertThat(fault.check()).as("%s", fault).isEqualTo("seals");
        assertThat(fault.where()).as("%s", fault).isEqualTo(parts[1]);
    }

    /** Whoever holds the database could sign anew, but not make the books fit. */
    @Test
    void aSealOfOtherBooksIsNamedThoughItIsSigned() throws SQLException {
        book(ledger.transactions, events);
        Seal january = seals().getFirst();
        Seal forged =
                new Seal(
                                january.period(),
                                january.position(),
                                january.throughPosition(),
                                january.entries(),
                                january.chain(),
                                "cd".repeat(32),
                                january.logHash(),
                                january.sealedAt(),
                                "",
                                "")
                        .signedBy(SealKey.fresh());
        ledger.execute(
                "set session_replication_role = replica; update period_seal set balances = decode('%s', 'hex'), public_key = decode('%s', 'base64'), signature = decode('%s', 'base64') where period = '2026-01'"
                        .formatted(forged.balances(), forged.publicKey(), forged.signature()));
        Verification.Fault fault = Objects.requireNonNull(verify().firstFault());
        assertThat(fault.where()).isEqualTo("seal of 2026-01");
        assertThat(fault.detail()).startsWith("digest of balances cdcd");
    }

    @Test
    void aLedgerThatIsBuiltAnewSignsTheSame() throws SQLException {
        book(ledger.transactions, events);
        LedgerSchema.migrate(ledger.dataSource, "second");
        LedgerTransactions second = new LedgerTransactions(ledger.dataSource, "second");
        book(second, events);
        assertThat(second.<List<Seal>>read(c -> StoredSeals.after(c, "", 10)))
                .isEqualTo(seals())
                .hasSize(2);
    }

    @Test
    void aConfiguredKeySigns() throws SQLException {
        SealKey key = SealKey.fresh();
        JournalWriter configured = new JournalWriter(ledger.transactions, key);
        configured.load();
        configured.book(LedgerDatabaseFixture.deliveries(events));
        assertThat(seals()).extracting(Seal::publicKey).containsOnly(key.publicKey());
        assertThat(ledger.value("select count(*) from pg_namespace where nspname = 'ledger_keys'"))
                .isEqualTo("0");
    }

    private static void book(LedgerTransactions transactions, List<SourceEvent> events)
            throws SQLException {
        JournalWriter writer = new JournalWriter(transactions);
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(events));
    }

    private List<Seal> seals() throws SQLException {
        return ledger.transactions.read(c -> StoredSeals.after(c, "", 1_000));
    }

    private Verification verify() throws SQLException {
        return new LedgerVerifier(ledger.transactions).verify();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
