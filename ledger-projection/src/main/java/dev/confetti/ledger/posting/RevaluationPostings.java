package dev.confetti.ledger.posting;

import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftReversed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * New rates for what creators were not paid. The difference in worth is the creators' share of
 * revenue, each currency by itself; diamonds are taken back and issued again, so that the entry
 * says whose they are.
 */
final class RevaluationPostings {
    private RevaluationPostings() {}

    /** The entry of a revaluation; empty when it moves nothing. */
    static Optional<EntryDraft> revalued(EarningsRevalued event, Books books) {
        if (event.rateMicros() < 1
                || event.pending().tenThousandths() < 0
                || event.pendingAmounts().stream().anyMatch(each -> each.micros() < 0)) {
            throw new UnpostableEventException(
                    event
                            + ": expected a rate above 0, and pending diamonds and amounts of 0 or"
                            + " more");
        }
        LegList legs = new LegList();
        issueAgain(Accounts.creatorPending(event.creatorId()), event.pending(), legs);
        issueAgain(Accounts.creatorAvailable(event.creatorId()), event.available(), legs);
        changes(event, event.pending(), event.pendingAmounts())
                .forEach((currency, micros) -> pending(Asset.fiat(currency), micros, legs));
        CreatorPayable payable = new CreatorPayable(event.creatorId(), books, legs);
        changes(event, event.available(), event.availableAmounts())
                .forEach((currency, micros) -> available(Asset.fiat(currency), micros, payable));
        return legs.legs().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new EntryDraft(
                                event.revaluationId(),
                                legs.legs(),
                                List.of(),
                                null,
                                payable.changes()));
    }

    private static void issueAgain(Account held, Diamonds diamonds, LegList legs) {
        long amount = Math.absExact(diamonds.tenThousandths());
        legs.add(held, Accounts.DIAMOND_ISSUED, amount);
        legs.add(Accounts.DIAMOND_ISSUED, held, amount);
    }

    /** By how much more is owed than before, by currency; below 0: less. */
    private static Map<String, Long> changes(
            EarningsRevalued event, Diamonds diamonds, List<Worth> before) {
        Map<String, Long> changes = new TreeMap<>();
        for (Worth worth : before) {
            changes.merge(worth.currency(), Math.negateExact(worth.micros()), Math::addExact);
        }
        Worth now = event.worthOf(diamonds);
        changes.merge(now.currency(), now.micros(), Math::addExact);
        return changes;
    }

    private static void pending(Asset currency, long micros, LegList legs) {
        if (micros > 0) {
            legs.add(Accounts.CREATOR_SHARE, Accounts.CREATOR_PAYABLE_PENDING, currency, micros);
        } else {
            legs.add(
                    Accounts.CREATOR_PAYABLE_PENDING,
                    Accounts.CREATOR_SHARE,
                    currency,
                    Math.negateExact(micros));
        }
    }

    private static void available(Asset currency, long micros, CreatorPayable payable) {
        if (micros > 0) {
            payable.raise(Accounts.CREATOR_SHARE, currency, micros);
        } else if (micros < 0) {
            payable.lower(Accounts.CREATOR_SHARE, currency, Math.negateExact(micros));
        }
    }

    /**
     * What mirrors a revalued gift's payable: nothing of it is owed at the gift's own rate any
     * more, since the revaluation has taken that into the creators' share.
     */
    static void mirror(Leg mirrored, LegList legs) {
        String cost = mirrored.credit().code();
        if (!cost.equals(Accounts.CREATOR_SHARE)) {
            legs.add(Accounts.CREATOR_SHARE, cost, mirrored.debit().asset(), mirrored.amount());
        }
    }

    /** What a reversed gift is worth by now is not owed, where that is not what the gift says. */
    static void takeBack(GiftReversed event, CreatorPayable payable, LegList legs) {
        Worth worth = event.revalued();
        if (worth == null || worth.micros() == 0) {
            return;
        }
        Asset currency = Asset.fiat(worth.currency());
        if (event.earningsReleased()) {
            payable.lower(Accounts.CREATOR_SHARE, currency, worth.micros());
        } else {
            legs.add(
                    Accounts.CREATOR_PAYABLE_PENDING,
                    Accounts.CREATOR_SHARE,
                    currency,
                    worth.micros());
        }
    }
}
