package dev.confetti.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.ledger.ClosedMonths;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.finance.CsvExports;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.StoredSeals;
import dev.confetti.ledger.seal.Seal;
import dev.confetti.ledger.seal.SealKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports of a ledger with three closed months, as the finance API writes them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportProofTest {
    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    private List<Seal> seals = List.of();
    private String throughMarch = "";
    private String march = "";

    @BeforeAll
    void fill() throws Exception {
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        List<ConfettiEvent> events = new ArrayList<>(Samples.example());
        events.addAll(new RandomEvents(11, 10, 1_000).next(400));
        writer.book(LedgerDatabaseFixture.deliveries(ClosedMonths.of(events, Duration.ofHours(6))));
        seals = ledger.transactions.read(c -> StoredSeals.after(c, "", 10));
        assertThat(seals).extracting(Seal::period).containsExactly("2026-01", "2026-02", "2026-03");
        throughMarch = export(0, seals.get(2).throughPosition());
        march = export(seals.get(1).throughPosition(), seals.get(2).throughPosition());
    }

    private String export(long after, long through) throws Exception {
        return CsvExports.csv(ledger.transactions, after, through);
    }

    @Test
    void anExportFromTheStartIsProvenWithItsBalances() throws Exception {
        ExportProof.Proven proven = prove(throughMarch, null);
        assertThat(proven.entries()).isEqualTo(seals.get(2).entries());
        assertThat(proven.postings()).isEqualTo(throughMarch.lines().count() - 1);
        assertThat(proven.balances()).isTrue();
    }

    @Test
    void oneMonthIsProvenAfterTheSealBefore() throws Exception {
        ExportProof.Proven proven = prove(march, seals.get(1));
        assertThat(proven.entries()).isEqualTo(seals.get(2).entries() - seals.get(1).entries());
        assertThat(proven.balances()).isFalse();
    }

    /** Each of them is in the middle of the file; entry 12 is a gift from a lot. */
    @ParameterizedTest
    @CsvSource({
        "position, 0",
        "recordedAt, 1",
        "type, 2",
        "eventId, 3",
        "reference, 4",
        "account, 5",
        "asset, 6",
        "side, 7",
        "amount, 8",
        "openedLot, 9",
        "lotUses, 10",
        "hash, 11"
    })
    void oneChangedCharacterInAnyColumnIsNamedByItsLine(String name, int column) {
        String[] lines = throughMarch.split("\r\n", -1);
        assertThat(lines[0].split(",", -1)[column]).isEqualTo(name);
        for (int number : List.of(lineWith(lines, column, false), lineWith(lines, column, true))) {
            String[] fields = lines[number].split(",", -1);
            for (int at = 0; at < fields[column].length(); at++) {
                String[] changed = lines.clone();
                String[] others = fields.clone();
                char found = fields[column].charAt(at);
                char other = Character.isDigit(found) ? (char) ('0' + (found - '0' + 1) % 10) : 'b';
                if (other == found) {
                    other = 'c';
                }
                others[column] =
                        fields[column].substring(0, at) + other + fields[column].substring(at + 1);
                changed[number] = String.join(",", others);
                int entry = firstLine(lines, number);
                assertThatThrownBy(() -> prove(String.join("\r\n", changed), null))
                        .as("%s instead of %s", others[column], fields[column])
                        .isInstanceOf(ExportFault.class)
                        .satisfies(
                                fault -> {
                                    long named =
                                            Long.parseLong(
                                                    ("" + fault.getMessage())
                                                            .replaceAll("line (\\d+):.*", "$1"));
                                    // A line, or the one after it, where they say other things.
                                    assertThat(named).isBetween(entry + 1L, number + 2L);
                                });
            }
        }
    }

    /** The first line of an entry, or a further one, that has something in a column. */
    private static int lineWith(String[] lines, int column, boolean further) {
        for (int i = lines.length / 2; i < lines.length - 1; i++) {
            if (!lines[i].split(",", -1)[column].isEmpty() && firstLine(lines, i) < i == further) {
                return i;
            }
        }
        throw new AssertionError("expected a line with column " + column);
    }

    private static int firstLine(String[] lines, int number) {
        int first = number;
        String position = lines[number].split(",", -1)[0];
        while (lines[first - 1].startsWith(position + ",")) {
            first--;
        }
        return first;
    }

    @Test
    void anyOneByteThatIsChangedAnywhereIsFound() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] bytes = throughMarch.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            byte[] changed = bytes.clone();
            int at = random.nextInt(bytes.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> prove(changed, seals.get(2), null, null))
                    .as("seed %d, byte %d", seed, at)
                    .isInstanceOf(ExportFault.class);
        }
    }

    @Test
    void aMissingAnAddedAndARepeatedLineAreFound() {
        String[] lines = throughMarch.split("\r\n", -1);
        for (int drop : new int[] {0, 1, 500, lines.length - 2}) {
            List<String> fewer = new ArrayList<>(List.of(lines));
            fewer.remove(drop);
            assertFault(String.join("\r\n", fewer), null, "line ");
            List<String> more = new ArrayList<>(List.of(lines));
            more.add(drop, lines[drop]);
            assertFault(String.join("\r\n", more), null, "line ");
        }
    }

    @Test
    void anExportThatStopsEarlyOrGoesOnIsFound() throws Exception {
        String throughFebruary = export(0, seals.get(1).throughPosition());
        assertFault(throughFebruary, null, "the export ends after");
        assertFault(
                export(0, seals.get(2).throughPosition() + 5),
                null,
                "up to the seal's " + seals.get(2).throughPosition());
        assertFault(throughMarch, seals.get(1), "expected one above");
        assertFault(march, null, "hash");
        assertFault("", null, "expected the header");
    }

    @Test
    void everyLineEndsAsTheExportEndsIt() {
        assertFault(throughMarch + "x", null, "ends the file: expected CR LF after it");
        assertFault(
                throughMarch.substring(0, throughMarch.length() - 2),
                null,
                "ends the file: expected CR LF after it");
        assertFault(throughMarch.replace("\r\n", "\n"), null, "line 1: ends in LF alone");
        assertFault(throughMarch + "\r\n", null, "1 columns");
    }

    @Test
    void aSealThatIsNotWhatWasSignedIsRefused() {
        Seal seal = seals.get(2);
        Seal changed =
                new Seal(
                        seal.period(),
                        seal.position(),
                        seal.throughPosition(),
                        seal.entries() + 1,
                        seal.chain(),
                        seal.balances(),
                        seal.logHash(),
                        seal.sealedAt(),
                        seal.publicKey(),
                        seal.signature());
        assertThatThrownBy(
                        () ->
                                prove(
                                        throughMarch.getBytes(StandardCharsets.UTF_8),
                                        changed,
                                        null,
                                        null))
                .isInstanceOf(ExportFault.class)
                .hasMessageStartingWith("seal of 2026-03: expected its signature");
    }

    /** Whoever can sign with another key is found by the key that was kept. */
    @Test
    void aSealOfAnotherKeyIsRefusedWhereTheKeyIsPinned() throws Exception {
        Seal forged = seals.get(2).signedBy(SealKey.fresh());
        byte[] csv = throughMarch.getBytes(StandardCharsets.UTF_8);
        assertThat(prove(csv, forged, null, null).balances()).isTrue();
        assertThatThrownBy(() -> prove(csv, forged, null, seals.get(2).publicKey()))
                .isInstanceOf(ExportFault.class)
                .hasMessageContaining("signed by " + forged.publicKey());
        assertThatThrownBy(
                        () ->
                                prove(
                                        march.getBytes(StandardCharsets.UTF_8),
                                        forged,
                                        seals.get(1),
                                        null))
                .as("two seals of two keys")
                .isInstanceOf(ExportFault.class)
                .hasMessageContaining("seal of 2026-02: signed by");
    }

    private void assertFault(String csv, @Nullable Seal previous, String message) {
        assertThatThrownBy(() -> prove(csv, previous))
                .isInstanceOf(ExportFault.class)
                .hasMessageContaining(message);
    }

    private ExportProof.Proven prove(String csv, @Nullable Seal previous) throws Exception {
        return prove(csv.getBytes(StandardCharsets.UTF_8), seals.get(2), previous, null);
    }

    private static ExportProof.Proven prove(
            byte[] csv, Seal seal, @Nullable Seal previous, @Nullable String publicKey)
            throws Exception {
        return ExportProof.verify(new ByteArrayInputStream(csv), seal, previous, publicKey);
    }
}
