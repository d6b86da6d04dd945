package dev.confetti.ledger.posting;

import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.Worth;
import java.util.List;
import java.util.UUID;

/** Earnings that are held no longer. */
final class EarningPostings {
    private EarningPostings() {}

    /**
     * The entry of a release.
     *
     * @param reference the event's id: a release has no name of its own
     */
    static EntryDraft released(UUID reference, EarningsReleased event, Books books) {
        if (event.diamonds().tenThousandths() <= 0
                || event.fromPosition() > event.throughPosition()
                || event.amounts().stream().anyMatch(each -> each.micros() < 0)) {
            throw new UnpostableEventException(
                    event + ": expected diamonds above 0, amounts of 0 or more, and a range");
        }
        LegList legs = new LegList();
        legs.add(
                Accounts.creatorPending(event.creatorId()),
                Accounts.creatorAvailable(event.creatorId()),
                event.diamonds().tenThousandths());
        CreatorPayable payable = new CreatorPayable(event.creatorId(), books, legs);
        for (Worth worth : event.amounts()) {
            payable.raise(
                    Accounts.CREATOR_PAYABLE_PENDING, Asset.fiat(worth.currency()), worth.micros());
        }
        return new EntryDraft(reference, legs.legs(), List.of(), null, payable.changes());
    }
}
