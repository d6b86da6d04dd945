package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.LotUse;
import dev.confetti.ledger.posting.Posting;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line per posting, with all that the entry's hash covers; no value needs quotes. {@code
 * lotUses} are lot:coins:revenue:commission in smallest units, a lot being named by its purchase's
 * position.
 */
final class CsvFormat implements ExportFormat {
    @Override
    public void begin(StringBuilder text, List<Asset> assets) {
        text.append(
                "position,recordedAt,type,eventId,reference,account,asset,side,amount,openedLot,"
                        + "lotUses,hash\r\n");
    }

    @Override
    public void entry(StringBuilder text, JournalEntry entry) {
        String lotUses =
                entry.lotUses().stream().map(CsvFormat::lotUse).collect(Collectors.joining(" "));
        for (Posting posting : entry.postings()) {
            text.append(entry.position()).append(',').append(entry.recordedAt()).append(',');
            text.append(entry.type()).append(',').append(entry.eventId()).append(',');
            text.append(entry.reference()).append(',').append(posting.account().code());
            text.append(',').append(posting.account().asset().code()).append(',');
            text.append(posting.side().letter()).append(',');
            text.append(posting.account().asset().decimal(posting.amount())).append(',');
            text.append(entry.openedLot() == null ? "" : entry.openedLot()).append(',');
            text.append(lotUses).append(',').append(entry.hash()).append("\r\n");
        }
    }

    private static String lotUse(LotUse use) {
        return use.lotPosition() + ":" + use.coins() + ":" + use.revenue() + ":" + use.commission();
    }
}
