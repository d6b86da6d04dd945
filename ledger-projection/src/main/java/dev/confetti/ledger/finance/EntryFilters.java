package dev.confetti.ledger.finance;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an entry must be to be found; all that is given must hold, each by itself: an account and an
 * asset need not meet in one posting. Null is no filter.
 *
 * @param type an event type's full name
 * @param reference the business id or the event's id
 * @param account the code of an account that it posts to
 * @param viewerId of whom it posts to any account
 * @param creatorId likewise
 * @param liveId of the live whose gift it books or takes back
 * @param amount of one of its postings, above 0; in {@code asset}, if that is given
 * @param asset that it posts in
 */
record EntryFilters(
        @Nullable String type,
        @Nullable UUID reference,
        @Nullable String account,
        @Nullable String viewerId,
        @Nullable String creatorId,
        @Nullable String liveId,
        @Nullable BigDecimal amount,
        @Nullable String asset) {
    static final EntryFilters NONE =
            new EntryFilters(null, null, null, null, null, null, null, null);

    static EntryFilters of(Parameters query) {
        return new EntryFilters(
                query.eventType(),
                query.reference(),
                query.text("account"),
                query.id("viewer"),
                query.id("creator"),
                query.id("live"),
                query.amount("amount"),
                query.asset("asset"));
    }

    static EntryFilters ofAccount(String code) {
        return new EntryFilters(null, null, code, null, null, null, null, null);
    }

    static EntryFilters ofCreator(String creatorId) {
        return new EntryFilters(null, null, null, null, creatorId, null, null, null);
    }

    static EntryFilters ofViewer(String viewerId) {
        return new EntryFilters(null, null, null, viewerId, null, null, null, null);
    }
}
