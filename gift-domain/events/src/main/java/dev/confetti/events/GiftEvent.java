package dev.confetti.events;

import dev.confetti.events.CreatorEvent.Worth;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gifts sent and taken back; topic {@code confetti.gifts}. */
public sealed interface GiftEvent extends ConfettiEvent {

    UUID giftSendId();

    String viewerId();

    String liveId();

    String creatorId();

    @Override
    default String key() {
        return liveId();
    }

    /**
     * A viewer sent a gift; everything that books and boards need is in it.
     *
     * @param viewerName display name, added by the relay
     * @param tier 1 (small, cheap) to 5
     * @param quantity 1 to 9,999
     * @param unitCoins price of one at {@code catalogueVersion}
     * @param coins {@code quantity × unitCoins} = coins of all lots + promoCoins
     * @param lots paid lots used, in the order of use
     * @param promoCoins coins that nobody paid for, spent first
     * @param shareBps the creator's share, in basis points
     * @param diamonds {@code coins × shareBps / 10,000}
     * @param rateMicros micro-units of {@code payoutCurrency} per 0.0001 diamond
     * @param comboId the server's name of the combo that this send belongs to
     * @param comboCount gifts of the combo so far, this send's quantity included
     * @param comboWindowMs how long after the event occurred the combo stays open; when nothing
     *     joins until then it is over with this comboCount; 0: it is over at once
     */
    record GiftSent(
            UUID giftSendId,
            String viewerId,
            @Nullable String viewerName,
            String liveId,
            String creatorId,
            String giftId,
            String giftName,
            int tier,
            int quantity,
            long unitCoins,
            long coins,
            List<LotShare> lots,
            long promoCoins,
            int shareBps,
            Diamonds diamonds,
            long rateMicros,
            String payoutCurrency,
            UUID comboId,
            int comboCount,
            int catalogueVersion,
            long comboWindowMs)
            implements GiftEvent {
        public GiftSent {
            lots = List.copyOf(lots);
        }
    }

    /**
     * A sent gift was taken back, whole: the coins go back to where they came from.
     *
     * @param coins of the gift that is reversed, as are lots, promoCoins and diamonds
     * @param sentAt when the gift was sent: its boards' windows are those of this instant
     * @param closedLots those of {@code lots} whose purchase was refunded or charged back
     *     meanwhile: these coins do not come back
     * @param debtLowered coins of {@code closedLots} that lowered the viewer's debt
     * @param sentPosition of the gift in the log; 0 in events from before it was added
     * @param earningsReleased whether the creator's earnings of the gift were released before: they
     *     come off what is available, not off what is pending
     * @param revalued what the diamonds are worth since the creator's last revaluation; null while
     *     they are worth what the gift says
     * @param reason free text, added by the relay
     */
    record GiftReversed(
            UUID giftSendId,
            String viewerId,
            String liveId,
            String creatorId,
            String giftId,
            long coins,
            List<LotShare> lots,
            long promoCoins,
            Diamonds diamonds,
            Instant sentAt,
            List<LotShare> closedLots,
            long debtLowered,
            long sentPosition,
            boolean earningsReleased,
            @Nullable Worth revalued,
            @Nullable String reason)
            implements GiftEvent {
        public GiftReversed {
            lots = List.copyOf(lots);
            closedLots = List.copyOf(closedLots);
        }

        /** The shares that came back to their lots. */
        public List<LotShare> openLots() {
            return lots.stream().filter(share -> !closedLots.contains(share)).toList();
        }

        /** Paid coins that did not come back: they lowered debt, or are gone as refunded. */
        public long closedCoins() {
            return closedLots.stream().mapToLong(LotShare::coins).sum();
        }
    }
}
