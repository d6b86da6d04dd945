package dev.confetti.ledger.finance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.ledger.journal.CreatorDay;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.statement.Statement;
import dev.confetti.ledger.statement.StatementLine;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The shapes of statements; diamonds and money are decimal strings. */
final class StatementAnswers {
    private StatementAnswers() {}

    /** An amount of a currency. */
    record MoneyRow(
            @Schema(example = "USD") String currency,
            @Schema(example = "4.000000") String amount) {}

    /** What diamonds are worth. */
    record HeldMoneyRow(
            @Schema(example = "USD") String currency,
            @Schema(example = "1.000000") String pending,
            @Schema(example = "4.000000", description = "below 0: what was paid too much")
                    String available) {}

    record HeldDiamonds(
            @Schema(example = "100.0000") String pending,
            @Schema(example = "400.0000") String available,
            @Schema(example = "0.0000", description = "in payouts that are not sent yet")
                    String reserved) {}

    record HoldingsRow(HeldDiamonds diamonds, List<HeldMoneyRow> money) {
        static HoldingsRow of(Statement.Holdings holdings) {
            return new HoldingsRow(
                    new HeldDiamonds(
                            Asset.DIAMOND.decimal(holdings.pending()),
                            Asset.DIAMOND.decimal(holdings.available()),
                            Asset.DIAMOND.decimal(holdings.reserved())),
                    holdings.money().stream()
                            .map(
                                    money ->
                                            new HeldMoneyRow(
                                                    money.currency().code(),
                                                    money.currency().decimal(money.pending()),
                                                    money.currency().decimal(money.available())))
                            .toList());
        }
    }

    /** Gifts, or gifts that were taken back. */
    record GiftsRow(
            @Schema(example = "17") long count,
            @Schema(example = "1000") long coins,
            @Schema(example = "500.0000") String diamonds,
            List<MoneyRow> money) {}

    record ReleasedRow(@Schema(example = "500.0000") String diamonds, List<MoneyRow> money) {}

    /** One day in UTC on which something was, in diamonds. */
    record DayRow(
            @Schema(type = "string", example = "2026-01-31") String day,
            @Schema(example = "17") long gifts,
            @Schema(example = "1000") long coins,
            @Schema(example = "500.0000") String earned,
            @Schema(example = "1", description = "gifts taken back") long reversals,
            @Schema(example = "50.0000") String reversed,
            @Schema(example = "0.0000") String released) {
        static DayRow of(CreatorDay day) {
            return new DayRow(
                    day.day().toString(),
                    day.gifts(),
                    day.coins(),
                    day.asset().decimal(day.earned()),
                    day.reversals(),
                    day.asset().decimal(day.reversed()),
                    day.asset().decimal(day.released()));
        }
    }

    record StepRow(
            long entryId,
            @Schema(example = "confetti.payout-approved.v1") String type,
            Instant recordedAt) {}

    /** One payout, as it stood at the end of the month. */
    record PayoutRow(
            UUID payoutId,
            @Schema(
                            example = "settled",
                            description =
                                    "requested, approved, rejected, withdrawn, sent, settled,"
                                            + " failed or returned")
                    String state,
            @Schema(example = "400.0000") String diamonds,
            @Schema(example = "USD") String currency,
            @Schema(example = "4.000000") String amount,
            @Schema(example = "0.250000", description = "0 until it is approved") String fee,
            @Schema(example = "0.400000", description = "0 until it is approved")
                    String withholding,
            @Schema(example = "3.350000", description = "for the creator's bank") String net,
            List<StepRow> entries) {
        static PayoutRow of(Statement.Payout payout) {
            Asset currency = payout.currency();
            return new PayoutRow(
                    payout.payoutId(),
                    payout.state(),
                    Asset.DIAMOND.decimal(payout.diamonds()),
                    currency.code(),
                    currency.decimal(payout.amount()),
                    currency.decimal(payout.fee()),
                    currency.decimal(payout.withholding()),
                    currency.decimal(payout.net()),
                    payout.steps().stream()
                            .map(
                                    step ->
                                            new StepRow(
                                                    step.entryId(), step.type(), step.recordedAt()))
                            .toList());
        }
    }

    /** What one entry changed for the creator, in diamonds. */
    record LineRow(
            @Schema(example = "4711") long entryId,
            Instant recordedAt,
            @Schema(example = "confetti.gift-sent.v1") String type,
            UUID reference,
            @Schema(example = "500", description = "of a gift, else 0") long coins,
            @Schema(example = "250.0000") String pending,
            @Schema(example = "0.0000") String available,
            @Schema(example = "0.0000") String reserved) {
        static LineRow of(StatementLine line) {
            return new LineRow(
                    line.entryId(),
                    line.recordedAt(),
                    line.type(),
                    line.reference(),
                    line.coins(),
                    Asset.DIAMOND.decimal(line.pending()),
                    Asset.DIAMOND.decimal(line.available()),
                    Asset.DIAMOND.decimal(line.reserved()));
        }
    }

    /** A statement, and a page of its lines; later pages have the lines alone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StatementAnswer(
            @Schema(example = "7") String creatorId,
            @Schema(type = "string", example = "2026-01") String month,
            @Schema(example = "complete", description = "running: the month is not over")
                    String state,
            @Nullable HoldingsRow opening,
            @Nullable HoldingsRow closing,
            @Nullable GiftsRow earned,
            @Nullable GiftsRow reversed,
            @Nullable ReleasedRow released,
            @Nullable List<DayRow> days,
            @Nullable List<PayoutRow> payouts,
            @Nullable Boolean morePayouts,
            List<LineRow> lines,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor,
            AsOf asOf) {
        static StatementAnswer of(
                Statement statement, List<LineRow> lines, @Nullable String nextCursor, AsOf asOf) {
            CreatorDay sum = statement.monthIn(Asset.DIAMOND);
            return new StatementAnswer(
                    statement.creatorId(),
                    statement.month().toString(),
                    state(statement.complete()),
                    HoldingsRow.of(statement.opening()),
                    HoldingsRow.of(statement.closing()),
                    new GiftsRow(
                            sum.gifts(),
                            sum.coins(),
                            Asset.DIAMOND.decimal(sum.earned()),
                            money(statement, CreatorDay::earned)),
                    new GiftsRow(
                            sum.reversals(),
                            sum.coinsBack(),
                            Asset.DIAMOND.decimal(sum.reversed()),
                            money(statement, CreatorDay::reversed)),
                    new ReleasedRow(
                            Asset.DIAMOND.decimal(sum.released()),
                            money(statement, CreatorDay::released)),
                    statement.days().stream()
                            .filter(day -> day.asset().equals(Asset.DIAMOND))
                            .map(DayRow::of)
                            .toList(),
                    statement.payouts().stream().map(PayoutRow::of).toList(),
                    statement.morePayouts(),
                    lines,
                    nextCursor,
                    asOf);
        }

        static String state(boolean complete) {
            return complete ? "complete" : "running";
        }

        private static List<MoneyRow> money(
                Statement statement, ToLongFunction<CreatorDay> amount) {
            List<MoneyRow> money = new ArrayList<>();
            for (Asset currency : statement.currencies()) {
                money.add(
                        new MoneyRow(
                                currency.code(),
                                currency.decimal(amount.applyAsLong(statement.monthIn(currency)))));
            }
            return money;
        }
    }
}
