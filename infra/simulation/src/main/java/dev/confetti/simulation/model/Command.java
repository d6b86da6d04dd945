package dev.confetti.simulation.model;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody asks of the platform. Lives and gifts are named by the model. */
public sealed interface Command {

    /** A command that has effect once, however often it comes. */
    sealed interface Once extends Command {
        String caller();

        String key();
    }

    record Buy(String caller, String key, String packageId, String provider) implements Once {}

    record Grant(String caller, String key, String viewer, long coins, String reason)
            implements Once {}

    record Send(
            String caller,
            String key,
            Name live,
            String giftId,
            long quantity,
            @Nullable String comboId)
            implements Once {}

    record Reverse(String caller, String key, Name gift, String reason) implements Once {}

    record Refund(String caller, String key, Name purchase, String reason) implements Once {}

    /** Of whole diamonds. */
    record RequestPayout(String caller, String key, long diamonds) implements Once {}

    /** Puts approved payouts together for the bank. */
    record SendBatch(String caller, String key) implements Once {}

    record SchedulePrice(String caller, String key, String giftId, long coins, Instant effectiveAt)
            implements Once {}

    /**
     * Somebody says what became of a payout at the bank.
     *
     * @param outcome settled, failed or returned
     */
    record Resolve(
            String caller,
            String key,
            Name payout,
            String outcome,
            long chargesMinor,
            String reason)
            implements Once {}

    /** Of one account's money to another's, in 0.000001. */
    record RequestAdjustment(
            String caller,
            String key,
            String debit,
            String credit,
            long amountMicros,
            String reason)
            implements Once {}

    /** An estimate of coins that nobody will spend, in 0.000001; below 0: of fewer than before. */
    record RequestBreakage(
            String caller, String key, YearMonth period, long amountMicros, String reason)
            implements Once {}

    /**
     * A new rate for what was not paid.
     *
     * @param creator whose; null: everybody's
     * @param rateMicros for 0.0001 diamond
     */
    record RequestRevaluation(
            String caller,
            String key,
            @Nullable String creator,
            String currency,
            long rateMicros,
            String reason)
            implements Once {}

    record Block(String viewer) implements Command {}

    record Unblock(String viewer) implements Command {}

    /**
     * Sets a viewer's own limit.
     *
     * @param coinsPerDay null: none
     */
    record Limit(String viewer, @Nullable Long coinsPerDay) implements Command {}

    /**
     * The provider says that a bank disputes a purchase.
     *
     * @param reference the provider's name of the dispute, one purchase's own
     */
    record OpenDispute(Name purchase, String reference) implements Command {}

    record CloseDispute(Name purchase, String reference, boolean won) implements Command {}

    /** Approves or rejects a payout. */
    record DecidePayout(Name payout, String by, boolean approve) implements Command {}

    /** Another person agrees with what was said of a payout. */
    record Agree(Name payout, Name resolution, String by) implements Command {}

    /** Takes an approval back. */
    record WithdrawPayout(Name payout, String by) implements Command {}

    /**
     * Pays nothing to a creator for now, or pays again.
     *
     * @param hold else resumes
     */
    record HoldPayouts(String creator, String by, boolean hold) implements Command {}

    /** Batches that somebody broke off in are finished. */
    record FinishBatches() implements Command {}

    /**
     * The bank tells something of payouts, in one message.
     *
     * @param reference the bank's name of the message
     */
    record TellBank(String by, String reference, List<BankTells> lines) implements Command {
        public TellBank {
            lines = List.copyOf(lines);
        }

        /** Whether it is a statement of our account; else a report on a file. */
        public boolean isStatement() {
            return !(lines.getFirst() instanceof BankTells.Rejected);
        }
    }

    /** What the bank's lines still wait for is looked at again. */
    record LookAtBankLines() implements Command {}

    /**
     * A provider says what it paid.
     *
     * @param reference the provider's name of the payment
     */
    record HandInReport(String by, String reference, List<ReportLine> lines) implements Command {
        public HandInReport {
            lines = List.copyOf(lines);
        }
    }

    record DecideAdjustment(Name adjustment, String by, boolean approve) implements Command {}

    record DecideBreakage(Name breakage, String by, boolean approve) implements Command {}

    record DecideRevaluation(Name revaluation, String by, boolean approve) implements Command {}

    /** Revaluations that somebody broke off in are finished. */
    record FinishRevaluations() implements Command {}

    record CloseMonth(String by, YearMonth month) implements Command {}

    /** A person's name and texts are to be forgotten. */
    record Forget(String person, String by) implements Command {}

    /** Earnings are added up, and those whose hold is over are released. */
    record Settle() implements Command {}

    record CreateLive(String creator) implements Command {}

    record StartLive(Name live, UUID publisher) implements Command {}

    record LeaveLive(Name live, UUID publisher) implements Command {}

    /**
     * Ends a live.
     *
     * @param byCreator else because its publisher is gone
     */
    record EndLive(Name live, boolean byCreator) implements Command {}

    record LookAtWallet(String viewer) implements Command {}

    record LookAtGifts(String viewer, int limit) implements Command {}

    record LookAtPurchases(String viewer, int limit) implements Command {}
}
