package dev.confetti.platform;

import dev.confetti.ledger.proof.ExportFault;
import dev.confetti.ledger.proof.ExportProof;
import dev.confetti.ledger.seal.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code confetti verify-export}: proves a closed month unchanged, with files alone. */
@Command(
        name = "verify-export",
        description = {
            "Proves that an export of the journal is what was sealed when a month was closed.",
            "",
            "Needs no platform and no database. Exit code 0 only when everything holds; else the"
                    + " first line that does not fit is named."
        })
final class VerifyExportCommand implements Callable<Integer> {
    private static final int DOES_NOT_HOLD = 1;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description =
                    "CSV of GET /v1/ledger/export?format=csv through the month: all of it, or what"
                            + " follows the seal of --after.")
    private Path file = Path.of("");

    @Option(
            names = "--seal",
            required = true,
            paramLabel = "SEAL.json",
            description = "Answer of GET /v1/ledger/seals/{YYYY-MM}.")
    private Path seal = Path.of("");

    @Option(
            names = "--after",
            paramLabel = "SEAL.json",
            description = "Seal of an earlier month, where the export begins.")
    private @Nullable Path after;

    @Option(
            names = "--public-key",
            paramLabel = "BASE64",
            description = "Who must have signed; without it the key in the seal is believed.")
    private @Nullable String publicKey;

    @Override
    public Integer call() throws IOException {
        Seal last = SealFile.read("--seal", seal);
        Seal before = after == null ? null : SealFile.read("--after", after);
        if (!Files.isRegularFile(file)) {
            throw new PlatformException(file + ": expected a file, found none");
        }
        try (InputStream csv = Files.newInputStream(file)) {
            ExportProof.Proven proven = ExportProof.verify(csv, last, before, publicKey);
            System.out.printf(
                    "verify-export: holds. %,d entries, %,d postings through position %,d (%s), chain %s%s%n",
                    proven.entries(),
                    proven.postings(),
                    last.throughPosition(),
                    last.period(),
                    last.chain(),
                    proven.balances() ? ", all balances" : "");
            System.out.println("signed by " + last.publicKey());
            return 0;
        } catch (ExportFault fault) {
            System.out.println("verify-export: DOES NOT HOLD. " + fault.getMessage());
            return DOES_NOT_HOLD;
        }
    }
}
