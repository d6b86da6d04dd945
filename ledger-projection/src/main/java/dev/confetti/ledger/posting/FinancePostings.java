package dev.confetti.ledger.posting;

import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What finance staff record of providers, months and mistakes. */
final class FinancePostings {
    private FinancePostings() {}

    /** What came to the bank is no longer owed; a difference is a commission, or in suspense. */
    static Optional<EntryDraft> settled(ProviderSettled event) {
        Asset currency = Asset.fiat(event.currency());
        Map<Account, Long> money = new LinkedHashMap<>();
        money.put(new Account(Accounts.BANK, currency), currency.ofMinor(event.bankMinor()));
        money.put(
                new Account(Accounts.CHANNEL_COMMISSION, currency),
                currency.ofMinor(event.commissionMinor()));
        money.put(
                new Account(Accounts.SUSPENSE, currency), currency.ofMinor(event.suspenseMinor()));
        money.put(receivable(event, currency), -currency.ofMinor(event.receivableMinor()));
        LegList legs = new LegList();
        legs.addBalanced(money);
        return legs.legs().isEmpty()
                ? Optional.empty()
                : Optional.of(new EntryDraft(event.settlementId(), legs.legs(), List.of(), null));
    }

    private static Account receivable(ProviderSettled event, Asset currency) {
        Account receivable = Accounts.receivable(event.provider(), currency);
        if (!receivable.code().equals(event.account())) {
            throw new UnpostableEventException(
                    event + ": expected the provider's account, " + receivable.code());
        }
        return receivable;
    }

    static EntryDraft adjusted(AdjustmentApproved event) {
        for (String code : List.of(event.debitAccount(), event.creditAccount())) {
            if (!Accounts.isFiat(code)) {
                throw new UnpostableEventException(
                        event + ": expected a fiat account of the chart, got " + code);
            }
        }
        LegList legs = new LegList();
        legs.add(
                event.debitAccount(),
                event.creditAccount(),
                Asset.fiat(event.currency()),
                event.amountMicros());
        if (legs.legs().isEmpty()) {
            throw new UnpostableEventException(event + ": expected an amount above 0");
        }
        return new EntryDraft(event.adjustmentId(), legs.legs(), List.of(), null);
    }

    /** Below 0: what was recognised before is taken back in part. */
    static EntryDraft breakage(BreakageRecognised event) {
        Asset currency = Asset.fiat(event.currency());
        Map<Account, Long> money = new LinkedHashMap<>();
        money.put(new Account(Accounts.BREAKAGE, currency), event.amountMicros());
        money.put(
                new Account(Accounts.BREAKAGE_REVENUE, currency),
                Math.negateExact(event.amountMicros()));
        LegList legs = new LegList();
        legs.addBalanced(money);
        if (legs.legs().isEmpty()) {
            throw new UnpostableEventException(event + ": expected an amount other than 0");
        }
        return new EntryDraft(event.breakageId(), legs.legs(), List.of(), null);
    }
}
