package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.journal.StoredEntries;
import dev.confetti.ledger.posting.Asset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Streams entries page by page. Each page is a transaction of its own, so that a slow reader holds
 * nothing: entries never change, and none is added below the end of the range.
 */
final class Export {
    private static final int PAGE = 2_000;

    private Export() {}

    static void stream(
            LedgerTransactions ledger, Range range, ExportFormat format, OutputStream out)
            throws SQLException, IOException {
        StringBuilder text = new StringBuilder(1 << 16);
        format.begin(text, ledger.read(Export::assets));
        long after = range.after();
        while (true) {
            List<JournalEntry> page = page(ledger, after, range.through());
            page.forEach(entry -> format.entry(text, entry));
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
            if (page.size() < PAGE) {
                return;
            }
            after = page.getLast().position();
        }
    }

    private static List<JournalEntry> page(LedgerTransactions ledger, long after, long through)
            throws SQLException {
        return ledger.read(
                connection ->
                        StoredEntries.named(
                                connection,
                                StoredEntries.range(connection, after, through, PAGE),
                                new AccountNames()));
    }

    private static List<Asset> assets(Connection connection) throws SQLException {
        List<Asset> assets = new ArrayList<>();
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select code, scale from asset order by asset_id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                assets.add(new Asset(row.getString(1), row.getInt(2)));
            }
        }
        return assets;
    }
}
