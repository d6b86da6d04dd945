package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A journal that hledger reads: debits positive, credits negative, dates those of recording in UTC,
 * the position as the transaction's code.
 */
final class HledgerFormat implements ExportFormat {
    @Override
    public void begin(StringBuilder text, List<Asset> assets) {
        for (Asset asset : assets) {
            // The decimal mark shows hledger how to read a commodity without places.
            text.append("commodity 1000.").append("0".repeat(asset.scale())).append(' ');
            text.append(asset.code()).append('\n');
        }
    }

    @Override
    public void entry(StringBuilder text, JournalEntry entry) {
        text.append('\n').append(LocalDate.ofInstant(entry.recordedAt(), ZoneOffset.UTC));
        text.append(" (").append(entry.position()).append(") ").append(entry.type());
        text.append("  ; reference:").append(entry.reference());
        text.append(", event:").append(entry.eventId());
        text.append(", hash:").append(entry.hash()).append('\n');
        for (Posting posting : entry.postings()) {
            Asset asset = posting.account().asset();
            text.append("    ").append(posting.account().code()).append("  ");
            text.append(posting.side() == Side.CREDIT ? "-" : "");
            text.append(asset.decimal(posting.amount())).append(' ').append(asset.code());
            text.append('\n');
        }
    }
}
