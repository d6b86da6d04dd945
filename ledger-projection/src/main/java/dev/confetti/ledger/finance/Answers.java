package dev.confetti.ledger.finance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.ledger.journal.AccountTotals;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.LotUse;
import dev.confetti.ledger.posting.Posting;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shapes that the finance API answers with; amounts are decimal strings. */
final class Answers {
    private Answers() {}

    /** One account in one asset. */
    record AccountRow(
            @Schema(example = "2010:contract-liability") String code,
            @Schema(example = "liability") String type,
            @Schema(example = "USD") String asset,
            @Schema(example = "16.180952") String debits,
            @Schema(example = "30.000000") String credits,
            @Schema(example = "13.819048", description = "positive on the account's normal side")
                    String balance) {
        static AccountRow of(AccountTotals totals) {
            Asset asset = totals.account().asset();
            return new AccountRow(
                    totals.account().code(),
                    totals.account().type().apiName(),
                    asset.code(),
                    asset.decimal(totals.debits()),
                    asset.decimal(totals.credits()),
                    asset.decimal(totals.balance()));
        }
    }

    record AccountList(List<AccountRow> accounts, @Nullable String nextCursor, AsOf asOf) {}

    /** One asset of one account. */
    record Balance(String asset, String debits, String credits, String balance) {
        static Balance of(AccountRow row) {
            return new Balance(row.asset(), row.debits(), row.credits(), row.balance());
        }
    }

    /** An account in all its assets; those of its only asset also stand beside its code. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AccountDetail(
            String code,
            String type,
            @Schema(example = "credit") String normalSide,
            @Nullable String asset,
            @Nullable String debits,
            @Nullable String credits,
            @Nullable String balance,
            List<Balance> balances,
            AsOf asOf) {}

    record PostingRow(String account, String asset, String side, String amount) {
        static PostingRow of(Posting posting) {
            return new PostingRow(
                    posting.account().code(),
                    posting.account().asset().code(),
                    posting.side().letter(),
                    posting.account().asset().decimal(posting.amount()));
        }
    }

    /** What an entry took from a lot; negative when it gave back. */
    record LotUseRow(UUID lotId, long coins, String revenue, String commission) {
        static LotUseRow of(LotUse use) {
            return new LotUseRow(
                    use.lotId(),
                    use.coins(),
                    BigDecimal.valueOf(use.revenue(), Asset.FIAT_SCALE).toPlainString(),
                    BigDecimal.valueOf(use.commission(), Asset.FIAT_SCALE).toPlainString());
        }
    }

    record EntryRow(
            long entryId,
            UUID eventId,
            @Schema(example = "confetti.gift-sent.v1") String type,
            long position,
            Instant recordedAt,
            UUID reference,
            String hash,
            List<PostingRow> postings,
            List<LotUseRow> lots) {
        static EntryRow of(JournalEntry entry) {
            return new EntryRow(
                    entry.position(),
                    entry.eventId(),
                    entry.type(),
                    entry.position(),
                    entry.recordedAt(),
                    entry.reference(),
                    entry.hash().toString(),
                    entry.postings().stream().map(PostingRow::of).toList(),
                    entry.lotUses().stream().map(LotUseRow::of).toList());
        }
    }

    record EntryList(List<EntryRow> entries, @Nullable String nextCursor) {}

    /** One side of one account in one entry. */
    record AccountPosting(
            long entryId,
            UUID eventId,
            String type,
            long position,
            Instant recordedAt,
            UUID reference,
            String asset,
            String side,
            String amount) {
        static AccountPosting of(JournalEntry entry, Posting posting) {
            return new AccountPosting(
                    entry.position(),
                    entry.eventId(),
                    entry.type(),
                    entry.position(),
                    entry.recordedAt(),
                    entry.reference(),
                    posting.account().asset().code(),
                    posting.side().letter(),
                    posting.account().asset().decimal(posting.amount()));
        }
    }

    record PostingList(List<AccountPosting> postings, @Nullable String nextCursor) {}

    /** What all accounts of an asset add up to: the same on both sides. */
    record Total(String asset, String debits, String credits) {}

    record TrialBalance(
            List<AccountRow> accounts,
            List<Total> totals,
            @Nullable String nextCursor,
            AsOf asOf) {}
}
