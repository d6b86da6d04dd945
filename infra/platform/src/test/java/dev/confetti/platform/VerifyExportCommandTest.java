package dev.confetti.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.journal.EntryHasher;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import dev.confetti.ledger.seal.BalancesDigest;
import dev.confetti.ledger.seal.Seal;
import dev.confetti.ledger.seal.SealKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyExportCommandTest {
    private static final UUID ID = UUID.fromString("00000000-0000-5000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-01-31T23:59:59Z");
    private static final String LINES =
            """
            position,recordedAt,type,eventId,reference,account,asset,side,amount,openedLot,lotUses,hash
            1,2026-01-31T23:59:59Z,confetti.coins-granted.v1,ID,ID,coin:issued:promo,COIN,D,5,,,HASH
            1,2026-01-31T23:59:59Z,confetti.coins-granted.v1,ID,ID,viewer:v:coin:promo,COIN,C,5,,,HASH
            """;

    private final SealKey key = SealKey.fresh();
    @TempDir private Path folder = Path.of("");
    private String output = "";
    private String csv = "";

    @BeforeEach
    void write() throws IOException {
        Account issued = new Account("coin:issued:promo", Asset.COIN);
        Account viewer = new Account("viewer:v:coin:promo", Asset.COIN);
        ChainHash hash =
                new EntryHasher()
                        .hash(
                                ChainHash.START,
                                new EntryHasher.Content(
                                        1,
                                        ID,
                                        "confetti.coins-granted.v1",
                                        AT,
                                        ID,
                                        null,
                                        List.of(),
                                        List.of(
                                                new Posting(issued, Side.DEBIT, 5),
                                                new Posting(viewer, Side.CREDIT, 5))));
        BalancesDigest balances = new BalancesDigest();
        balances.add(viewer, 0, 5);
        balances.add(issued, 5, 0);
        Seal seal =
                new Seal(
                                "2026-01",
                                3,
                                2,
                                1,
                                hash.toString(),
                                balances.hex(),
                                "ab".repeat(32),
                                AT.plusSeconds(60),
                                "",
                                "")
                        .signedBy(key);
        csv =
                LINES.replace("ID", ID.toString())
                        .replace("HASH", hash.toString())
                        .replace("\n", "\r\n");
        Files.writeString(
                folder.resolve("seal.json"),
                """
                {"period":"2026-01","position":3,"throughPosition":2,"entries":1,"chain":"%s","balances":"%s",
                 "logHash":"%s","sealedAt":"%s","publicKey":"%s","signature":"%s"}
                """
                        .formatted(
                                seal.chain(),
                                seal.balances(),
                                seal.logHash(),
                                seal.sealedAt(),
                                seal.publicKey(),
                                seal.signature()));
    }

    @Test
    void whatHoldsIsSaidWithExitCode0() throws IOException {
        assertThat(verify(csv, "--public-key", key.publicKey())).as(output).isZero();
        assertThat(output)
                .startsWith(
                        "verify-export: holds. 1 entries, 2 postings through position 2 (2026-01)")
                .contains("all balances", "signed by " + key.publicKey());
    }

    @Test
    void theFirstLineThatDoesNotFitIsNamedWithExitCode1() throws IOException {
        assertThat(verify(csv.replace("promo,COIN,C,5", "promo,COIN,C,6"))).isEqualTo(1);
        assertThat(output)
                .startsWith(
                        "verify-export: DOES NOT HOLD. line 2: entry 1: debits less credits of COIN");
        assertThat(verify(csv.replace("viewer:v:", "viewer:w:"))).isEqualTo(1);
        assertThat(output).startsWith("verify-export: DOES NOT HOLD. line 2: entry 1: hash ");
        assertThat(verify(csv, "--public-key", SealKey.fresh().publicKey())).isEqualTo(1);
        assertThat(output).contains("signed by " + key.publicKey() + ": expected ");
    }

    @Test
    void aFileThatIsNoSealIsNamedWithWhatItLacks() throws IOException {
        Files.writeString(folder.resolve("seal.json"), "{\"period\":\"2026-01\"}");
        assertThat(verify(csv)).isEqualTo(1);
        assertThat(output).contains("seal.json: position : expected a whole number");
        Files.writeString(folder.resolve("seal.json"), "no json");
        assertThat(verify(csv)).isEqualTo(1);
        assertThat(output).contains("seal.json: expected a seal in JSON");
    }

    private int verify(String export, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("books.csv"), export);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "verify-export",
                                file.toString(),
                                "--seal",
                                folder.resolve("seal.json").toString()));
        arguments.addAll(List.of(options));
        StringWriter errors = new StringWriter();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream screen = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            CommandLine line = Confetti.commandLine(Map.of());
            line.setErr(new PrintWriter(errors));
            return line.execute(arguments.toArray(new String[0]));
        } finally {
            System.setOut(screen);
            output = bytes.toString(StandardCharsets.UTF_8) + errors;
        }
    }
}
