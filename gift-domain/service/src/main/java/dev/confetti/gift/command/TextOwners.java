package dev.confetti.gift.command;

import dev.confetti.events.CoinEvent;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CreatorEvent;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.FinanceEvent;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LogRecord;
import dev.confetti.events.PersonEvent;
import dev.confetti.gift.vault.KeyOwner;

/** Whom the texts of an event concern, and whose key seals them. */
public final class TextOwners {
    private TextOwners() {}

    /** The owner of an event's texts. */
    public static KeyOwner of(LogRecord row) {
        return switch (row.event()) {
            // The name of a coin package says nothing of a person.
            case CoinsPurchased _ -> KeyOwner.BOOKS;
            case CoinEvent coins -> KeyOwner.person(coins.viewerId());
            case GiftSent sent -> KeyOwner.person(sent.viewerId());
            case GiftReversed reversed -> KeyOwner.person(reversed.viewerId());
            case PayoutRequested requested ->
                    KeyOwner.record(requested.creatorId(), requested.payoutId());
            case CreatorEvent ofCreator -> KeyOwner.person(ofCreator.creatorId());
            case LiveCreated created -> KeyOwner.person(created.creatorId());
            case PersonEvent person -> KeyOwner.person(person.personId());
            // Why staff adjusted an account is part of the books, and of no person's data.
            case FinanceEvent _, LiveEvent _ -> KeyOwner.BOOKS;
        };
    }
}
