package dev.confetti.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.journal.EntryHasher;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import dev.confetti.ledger.seal.BalancesDigest;
import dev.confetti.ledger.seal.Seal;
import dev.confetti.ledger.seal.SealKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Exports whose every hash is right, made by somebody who knows how; some are even signed, as a
 * broken ledger would. Each has one thing that no ledger may have.
 */
class ForgedExportTest {
    private static final SealKey KEY = SealKey.fresh();
    private static final String JANUARY = "2026-01-15T00:00:00Z";

    /** One grant of promo coins: debits issued, credits the viewer. */
    private record Grant(long position, String recordedAt, long debit, long credit) {
        Grant(long position, long coins) {
            this(position, JANUARY, coins, coins);
        }
    }

    /** An export with the seal that fits it. */
    private record Forged(String csv, Seal seal) {}

    private static Forged forged(Grant... grants) throws Exception {
        EntryHasher hasher = new EntryHasher();
        ChainHash chain = ChainHash.START;
        List<String> lines = new ArrayList<>(List.of(ExportLine.HEADER));
        long issued = 0;
        long held = 0;
        for (Grant grant : grants) {
            String begin =
                    "%d,%s,confetti.coins-granted.v1,%s,%s,"
                            .formatted(
                                    grant.position,
                                    grant.recordedAt,
                                    new UUID(1, grant.position),
                                    new UUID(2, grant.position));
            List<String> of =
                    List.of(
                            begin + "coin:issued:promo,COIN,D," + grant.debit + ",,,",
                            begin + "viewer:v:coin:promo,COIN,C," + grant.credit + ",,,");
            ExportLine first = ExportLine.read(1, of.getFirst());
            chain =
                    hasher.hash(
                            chain,
                            new EntryHasher.Content(
                                    first.position(),
                                    first.eventId(),
                                    first.type(),
                                    first.recordedAt(),
                                    first.reference(),
                                    null,
                                    List.of(),
                                    List.of(
                                            first.posting(),
                                            ExportLine.read(1, of.getLast()).posting())));
            for (String line : of) {
                lines.add(line + chain);
            }
            issued += grant.debit;
            held += grant.credit;
        }
        Posting one = ExportLine.read(1, lines.get(1)).posting();
        BalancesDigest digest = new BalancesDigest();
        digest.add(one.account(), issued, 0);
        digest.add(new Account("viewer:v:coin:promo", one.account().asset()), 0, held);
        return new Forged(
                String.join("\r\n", lines) + "\r\n",
                seal("2026-01", 9, grants.length, chain.toString(), digest.hex()));
    }

    private static Seal seal(
            String period, long through, long entries, String chain, String balances) {
        return new Seal(
                        period,
                        through + 1,
                        through,
                        entries,
                        chain,
                        balances,
                        "ab".repeat(32),
                        Instant.parse("2026-04-01T00:00:00Z"),
                        "",
                        "")
                .signedBy(KEY);
    }

    private static ExportProof.Proven prove(String csv, Seal seal, @Nullable Seal previous)
            throws Exception {
        return ExportProof.verify(
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                seal,
                previous,
                KEY.publicKey());
    }

    private static void assertFault(Forged forged, String message) {
        assertFault(forged.csv, forged.seal, null, message);
    }

    private static void assertFault(
            String csv, Seal seal, @Nullable Seal previous, String message) {
        assertThatThrownBy(() -> prove(csv, seal, previous))
                .isInstanceOf(ExportFault.class)
                .hasMessageContaining(message);
    }

    @Test
    void oneWithoutAFaultIsProven() throws Exception {
        Forged sound = forged(new Grant(1, 5), new Grant(2, 7));
        assertThat(prove(sound.csv, sound.seal, null))
                .isEqualTo(new ExportProof.Proven(2, 4, true));
        assertThat(ExportLine.read(2, sound.csv.lines().toList().get(1)).posting().side())
                .isEqualTo(Side.DEBIT);
    }

    @Test
    void otherEntriesWithRightHashesDoNotEndWhereTheSealDoes() throws Exception {
        Forged sealed = forged(new Grant(1, 5), new Grant(2, 7));
        Forged other = forged(new Grant(1, 5), new Grant(2, 8));
        assertFault(
                other.csv,
                sealed.seal,
                null,
                "the chain ends in "
                        + other.seal.chain()
                        + ": expected the seal's "
                        + sealed.seal.chain());
    }

    @Test
    void aSealOfOtherBalancesIsNotThatOfTheEntries() throws Exception {
        Forged sound = forged(new Grant(1, 5));
        Seal seal = seal("2026-01", 9, 1, sound.seal.chain(), "cd".repeat(32));
        assertFault(
                sound.csv,
                seal,
                null,
                "balances " + sound.seal.balances() + ": expected the seal's cdcd");
    }

    @Test
    void anEntryThatDoesNotBalanceIsFoundThoughItIsSealed() throws Exception {
        assertFault(
                forged(new Grant(1, 5), new Grant(2, JANUARY, 7, 6)),
                "line 4: entry 2: debits less credits of COIN are 1 smallest units: expected 0");
    }

    @Test
    void entriesAreInTheOrderOfTheirPositionsAndTimes() throws Exception {
        assertFault(
                forged(new Grant(2, 5), new Grant(1, 7)),
                "line 4: entry 1: expected one above 2 and up to the seal's 9");
        assertFault(
                forged(new Grant(1, 5), new Grant(10, 7)),
                "line 4: entry 10: expected one above 1 and up to the seal's 9");
        assertFault(
                forged(new Grant(1, 5), new Grant(2, "2026-01-14T23:59:59Z", 7, 7)),
                "line 4: entry 2 recorded at 2026-01-14T23:59:59Z: expected no time before "
                        + JANUARY);
        Forged last = forged(new Grant(1, "2026-01-31T23:59:59.999999Z", 5, 5));
        assertThat(prove(last.csv, last.seal, null).entries()).isEqualTo(1);
        assertFault(
                forged(new Grant(1, "2026-02-01T00:00:00Z", 5, 5)),
                "and one before 2026-02-01T00:00:00Z");
    }

    /** Both lines of entry 2 say it. */
    @ParameterizedTest
    @CsvSource({
        "position, 0, 02",
        "position, 0, +2",
        "recordedAt, 1, 2026-01-15T00:00:00.000Z",
        "recordedAt, 1, 2026-01-15T00:00:00.000000001Z",
        "recordedAt, 1, 2026-01-15T00:00:00z",
        "recordedAt, 1, 2026-01-15T01:00:00+01:00",
        "eventId, 3, 0-0-1-0-2",
        "reference, 4, 0-0-2-0-2",
        "amount, 8, 07",
        "amount, 8, +7",
        "amount, 8, 7.0",
        "amount, 8, 7E0"
    })
    void whatIsWrittenInAnotherWayIsRefusedThoughItMeansTheSame(
            String name, int column, String text) throws Exception {
        Forged sound = forged(new Grant(1, 5), new Grant(2, 7));
        String[] lines = sound.csv.split("\r\n", -1);
        for (int line = 3; line <= 4; line++) {
            String[] fields = lines[line].split(",", -1);
            fields[column] = text;
            lines[line] = String.join(",", fields);
        }
        assertFault(
                String.join("\r\n", lines),
                sound.seal,
                null,
                "line 4: " + name + " \"" + text + "\": expected");
    }

    @Test
    void theSealBeforeIsOfAMonthBeforeAndOfNoMore() throws Exception {
        Forged sound = forged(new Grant(1, 5));
        String chain = sound.seal.chain();
        String balances = sound.seal.balances();
        for (Seal previous :
                List.of(
                        seal("2026-01", 0, 0, Seal.NO_ENTRY, balances),
                        seal("2026-02", 0, 0, Seal.NO_ENTRY, balances),
                        seal("2025-12", 10, 0, Seal.NO_ENTRY, balances),
                        seal("2025-12", 0, 2, Seal.NO_ENTRY, balances))) {
            assertFault(
                    sound.csv,
                    sound.seal,
                    previous,
                    "seal of " + previous.period() + ": expected one of a month before 2026-01");
        }
        Seal empty = seal("2025-12", 0, 0, Seal.NO_ENTRY, balances);
        assertThat(prove(sound.csv, seal("2026-01", 9, 1, chain, balances), empty).entries())
                .isEqualTo(1);
    }

    @Test
    void anEntryOfTheMonthBeforeIsNotProvenByTheSealAfterIt() throws Exception {
        Forged late = forged(new Grant(1, "2025-12-31T23:59:59Z", 5, 5));
        assertFault(
                late.csv,
                late.seal,
                seal("2025-12", 0, 0, Seal.NO_ENTRY, late.seal.balances()),
                "expected no time before 2026-01-01T00:00:00Z");
    }
}
