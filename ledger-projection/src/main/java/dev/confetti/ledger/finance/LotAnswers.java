package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Lot;
import dev.confetti.ledger.posting.LotUse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shapes of lots; money is a decimal string in the lot's currency. */
final class LotAnswers {
    private LotAnswers() {}

    /** The coins of one purchase. */
    record LotRow(
            UUID lotId,
            UUID purchaseId,
            @Schema(example = "4711", description = "of the purchase in the log") long position,
            Instant recordedAt,
            @Schema(example = "42") String viewerId,
            @Schema(example = "USD") String currency,
            @Schema(example = "1050", description = "bonus included") long coins,
            @Schema(example = "500", description = "spent, refunded or charged back") long used,
            @Schema(example = "550") long left,
            @Schema(example = "10.000000", description = "without tax") String price,
            @Schema(example = "4.761904", description = "of price, by what was used")
                    String recognised,
            @Schema(example = "3.000000", description = "the channel's") String commission,
            @Schema(example = "1.428571", description = "of commission, by what was used")
                    String commissionRecognised) {
        static LotRow of(Lot lot, StoredEntry purchase) {
            Asset currency = lot.currency();
            return new LotRow(
                    lot.lotId(),
                    purchase.reference(),
                    lot.position(),
                    purchase.recordedAt(),
                    lot.viewerId(),
                    currency.code(),
                    lot.coins(),
                    lot.used(),
                    lot.coins() - lot.used(),
                    currency.decimal(lot.price()),
                    currency.decimal(lot.recognised()),
                    currency.decimal(lot.commission()),
                    currency.decimal(lot.commissionRecognised()));
        }
    }

    record LotList(List<LotRow> lots, @Nullable String nextCursor) {}

    /** What one entry took from the lot; negative when it gave back. */
    record UseRow(
            long entryId,
            @Schema(example = "confetti.gift-sent.v1") String type,
            Instant recordedAt,
            UUID reference,
            @Schema(example = "500") long coins,
            @Schema(example = "4.761904") String revenue,
            @Schema(example = "1.428571") String commission) {
        static List<UseRow> of(JournalEntry entry, Lot lot) {
            return entry.lotUses().stream()
                    .filter(use -> use.lotPosition() == lot.position())
                    .map(use -> of(entry, use, lot.currency()))
                    .toList();
        }

        private static UseRow of(JournalEntry entry, LotUse use, Asset currency) {
            return new UseRow(
                    entry.position(),
                    entry.type(),
                    entry.recordedAt(),
                    entry.reference(),
                    use.coins(),
                    currency.decimal(use.revenue()),
                    currency.decimal(use.commission()));
        }
    }

    /** A lot, and a page of what became of it. */
    record LotDetail(
            UUID lotId,
            UUID purchaseId,
            long position,
            Instant recordedAt,
            @Schema(example = "42") String viewerId,
            @Schema(example = "USD") String currency,
            @Schema(example = "1050") long coins,
            @Schema(example = "500") long used,
            @Schema(example = "550") long left,
            @Schema(example = "10.000000") String price,
            @Schema(example = "4.761904") String recognised,
            @Schema(example = "3.000000") String commission,
            @Schema(example = "1.428571") String commissionRecognised,
            List<UseRow> uses,
            @Nullable String nextCursor) {
        static LotDetail of(LotRow lot, List<UseRow> uses, @Nullable String nextCursor) {
            return new LotDetail(
                    lot.lotId,
                    lot.purchaseId,
                    lot.position,
                    lot.recordedAt,
                    lot.viewerId,
                    lot.currency,
                    lot.coins,
                    lot.used,
                    lot.left,
                    lot.price,
                    lot.recognised,
                    lot.commission,
                    lot.commissionRecognised,
                    uses,
                    nextCursor);
        }
    }
}
