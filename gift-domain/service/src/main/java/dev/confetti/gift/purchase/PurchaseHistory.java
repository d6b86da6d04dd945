package dev.confetti.gift.purchase;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.wallet.PurchaseStanding;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.Wallet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows purchases: what is paid is in the log, what is not among the checkouts. */
public final class PurchaseHistory {
    private static final String PURCHASED = EventType.COINS_PURCHASED.typeName();

    private final EventLog log;
    private final EventTexts texts;
    private final PurchaseStandings standings;
    private final Checkouts checkouts;

    public PurchaseHistory(
            EventLog log, EventTexts texts, PurchaseStandings standings, Checkouts checkouts) {
        this.log = log;
        this.texts = texts;
        this.standings = standings;
        this.checkouts = checkouts;
    }

    /** A purchase of anybody. */
    public Optional<Purchase> find(UUID purchaseId) {
        return log.find(purchaseId)
                .filter(row -> row.type().equals(PURCHASED))
                .map(row -> purchase(row, standings.of(row.eventId()), texts.of(row.eventId())))
                .or(() -> checkouts.find(purchaseId).map(Purchase::of));
    }

    /**
     * A viewer's own purchase.
     *
     * @throws RefusedException {@code unknown-purchase}
     */
    Purchase requireOwn(String viewerId, String purchaseId) {
        return PathIds.uuid(purchaseId)
                .flatMap(this::find)
                .filter(each -> each.viewerId().equals(viewerId))
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_PURCHASE,
                                        "purchase \"" + purchaseId + "\": expected one of yours"));
    }

    /**
     * A viewer's purchases, latest first: paid ones by when they were paid, the others by when they
     * were begun.
     *
     * @param limit as in the query
     * @param cursor as in the query
     * @throws RefusedException {@code malformed-request}
     */
    public Page<Purchase> of(String viewerId, @Nullable String limit, @Nullable String cursor) {
        int most = PageRequest.of(limit, null).limit();
        PurchaseCursor from = PurchaseCursor.of(cursor);
        List<LogRecord> paid =
                log.readStreamBackward(
                        Wallet.STREAM_TYPE,
                        viewerId,
                        from.beforeSequence(),
                        Set.of(PURCHASED),
                        most + 1);
        List<Checkout> unpaid =
                checkouts.unpaid(viewerId, from.before(), from.beforeId(), most + 1);
        List<UUID> paidIds = paid.stream().map(LogRecord::eventId).toList();
        Map<UUID, Map<String, String>> allTexts = texts.of(paidIds);
        // A purchase is named after its event.
        Map<UUID, PurchaseStanding> allStandings = standings.of(paidIds);

        List<Purchase> items = new ArrayList<>();
        PurchaseCursor next = from;
        int nextPaid = 0;
        int nextUnpaid = 0;
        while (items.size() < most && (nextPaid < paid.size() || nextUnpaid < unpaid.size())) {
            if (nextUnpaid == unpaid.size()
                    || (nextPaid < paid.size()
                            && !paid.get(nextPaid)
                                    .occurredAt()
                                    .isBefore(unpaid.get(nextUnpaid).createdAt()))) {
                LogRecord row = paid.get(nextPaid++);
                items.add(
                        purchase(
                                row,
                                allStandings.getOrDefault(row.eventId(), PurchaseStanding.SOUND),
                                allTexts.getOrDefault(row.eventId(), Map.of())));
                next = next.afterSequence(row.sequence());
            } else {
                Checkout checkout = unpaid.get(nextUnpaid++);
                items.add(Purchase.of(checkout));
                next = next.after(checkout);
            }
        }
        boolean isEnd = nextPaid == paid.size() && nextUnpaid == unpaid.size();
        return new Page<>(items, isEnd ? null : next.encoded());
    }

    private static Purchase purchase(
            LogRecord row, PurchaseStanding standing, Map<String, String> rowTexts) {
        if (!(row.event() instanceof CoinsPurchased event)) {
            throw new IllegalStateException(
                    "position "
                            + row.position()
                            + " holds "
                            + row.type()
                            + ": expected a purchase");
        }
        return Purchase.of(row, event, standing, rowTexts.get(Purchases.PACKAGE_ID));
    }
}
