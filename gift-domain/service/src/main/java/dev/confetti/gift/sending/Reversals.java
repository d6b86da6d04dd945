package dev.confetti.gift.sending;

import dev.confetti.events.EventIds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LogRecord;
import dev.confetti.events.LotShare;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.earning.EarningsReleases;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.Refusals;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletDecision;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletRefusal;
import dev.confetti.gift.wallet.Wallets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Takes sent gifts back, whole: the gift is read from the log, the wallet records it. */
public final class Reversals {
    private static final String OPERATION = "reverse-gift";

    private final Wallets wallets;
    private final ReversedGifts reversedGifts;
    private final PurchaseStandings standings;
    private final EarningsReleases releases;
    private final OnceOnly onceOnly;
    private final InstantSource clock;

    public Reversals(
            Wallets wallets,
            ReversedGifts reversedGifts,
            PurchaseStandings standings,
            EarningsReleases releases,
            OnceOnly onceOnly,
            InstantSource clock) {
        this.wallets = wallets;
        this.reversedGifts = reversedGifts;
        this.standings = standings;
        this.releases = releases;
        this.onceOnly = onceOnly;
        this.clock = clock;
    }

    /**
     * What a reversal is answered with.
     *
     * @param coins that went back into the wallet
     * @param position of the reversal in the log
     */
    public record Reversed(UUID giftSendId, String viewerId, long coins, long position) {
        static Reversed of(GiftReversed event, long position) {
            return new Reversed(event.giftSendId(), event.viewerId(), event.coins(), position);
        }
    }

    /** Reverses a gift send. */
    public Answer<Reversed> reverse(
            String staffId, IdempotencyKey key, String giftSendId, String reason) {
        return onceOnly.answer(
                new Reversing(EventIds.of(staffId, OPERATION, key.value()), giftSendId, reason));
    }

    private final class Reversing implements OnceOnly.Request<Reversed> {
        private final UUID eventId;
        private final String giftSendId;
        private final String reason;

        private Reversing(UUID eventId, String giftSendId, String reason) {
            this.eventId = eventId;
            this.giftSendId = giftSendId;
            this.reason = reason;
        }

        @Override
        public UUID eventId() {
            return eventId;
        }

        @Override
        public Map<String, String> texts() {
            return Map.of(Reasons.FIELD, reason);
        }

        @Override
        public Reversed perform() {
            LogRecord sent = requireSent();
            if (!(sent.event() instanceof GiftSent gift)) {
                throw unknown();
            }
            Wallets.Done done =
                    wallets.correct(gift.viewerId(), seen -> unlessReversed(gift, sent, seen));
            return switch (done.decision()) {
                case Accepted(GiftReversed reversed, _) ->
                        Reversed.of(reversed, done.position().orElseThrow());
                case WalletRefusal refusal -> throw Refusals.of(refusal);
                case WalletDecision other ->
                        throw new IllegalStateException("a reversal gave " + other);
            };
        }

        private ReverseGift unlessReversed(GiftSent gift, LogRecord sent, long correctionsSeen) {
            if (reversedGifts.contains(gift.giftSendId())) {
                throw new RefusedException(
                        ProblemType.ALREADY_REVERSED,
                        "gift send "
                                + gift.giftSendId()
                                + " was reversed before; expected one that was not");
            }
            return new ReverseGift(
                    eventId,
                    clock.instant(),
                    gift,
                    sent.occurredAt(),
                    sent.position(),
                    standings.closedLots(gift.lots().stream().map(LotShare::lotId).toList()),
                    releases.through(gift.creatorId()) >= sent.position(),
                    releases.revalued(gift.creatorId(), sent.position(), gift.diamonds()),
                    correctionsSeen);
        }

        private LogRecord requireSent() {
            return PathIds.uuid(giftSendId).flatMap(wallets::event).orElseThrow(this::unknown);
        }

        private RefusedException unknown() {
            return new RefusedException(
                    ProblemType.UNKNOWN_GIFT_SEND,
                    "gift send \"" + giftSendId + "\": expected the id of a sent gift");
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return recorded.event() instanceof GiftReversed reversed
                    && Optional.of(reversed.giftSendId()).equals(PathIds.uuid(giftSendId))
                    && reason.equals(recordedTexts.get(Reasons.FIELD));
        }

        @Override
        public Reversed answerAgain(LogRecord recorded) {
            if (recorded.event() instanceof GiftReversed reversed) {
                return Reversed.of(reversed, recorded.position());
            }
            throw new IllegalStateException("event " + eventId + " is no reversal");
        }
    }
}
