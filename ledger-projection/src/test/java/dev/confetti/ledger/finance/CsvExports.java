package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.LedgerTransactions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** What {@code GET /v1/ledger/export} answers, without HTTP. */
public final class CsvExports {
    private CsvExports() {}

    /** The entries above one position and up to another. */
    public static String csv(LedgerTransactions ledger, long after, long through)
            throws SQLException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Export.stream(ledger, new Range(after, through), new CsvFormat(), bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
