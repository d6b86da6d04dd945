package dev.confetti.gift.sending;

import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.catalogue.Catalogue;
import dev.confetti.gift.catalogue.Gift;
import dev.confetti.gift.catalogue.PriceList;
import dev.confetti.gift.catalogue.Prices;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.live.LiveProblems;
import dev.confetti.gift.live.Lives;
import dev.confetti.gift.live.Lives.GiftTarget;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.wallet.Refusals;
import dev.confetti.gift.wallet.SpendableAfter;
import dev.confetti.gift.wallet.Wallet;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletDecision.CorrectedMeanwhile;
import dev.confetti.gift.wallet.WalletDecision.Unchanged;
import dev.confetti.gift.wallet.WalletRefusal;
import dev.confetti.gift.wallet.Wallets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Sends gifts: checks what is outside of the wallet, then has the wallet decide. */
public final class GiftSends {
    static final int MOST_QUANTITY = 9_999;

    private static final String OPERATION = "send-gift";
    private static final String COMBO_ID = "comboId";

    private final Prices prices;
    private final Lives lives;
    private final Wallets wallets;
    private final OnceOnly onceOnly;
    private final ReversedGifts reversedGifts;
    private final EventLog log;
    private final InstantSource clock;

    public GiftSends(
            Prices prices,
            Lives lives,
            Wallets wallets,
            OnceOnly onceOnly,
            ReversedGifts reversedGifts,
            EventLog log,
            InstantSource clock) {
        this.prices = prices;
        this.lives = lives;
        this.wallets = wallets;
        this.onceOnly = onceOnly;
        this.reversedGifts = reversedGifts;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What a send is answered with.
     *
     * @param spendable what was left right after
     * @param comboCount gifts of the combo so far
     * @param comboEndsAt when the combo is over with this count, unless a send joins before
     * @param position of the event in the log
     */
    public record Sent(
            UUID giftSendId,
            long coins,
            long spendable,
            UUID comboId,
            int comboCount,
            Instant comboEndsAt,
            long position) {
        static Sent of(GiftSent gift, Instant sentAt, long spendable, long position) {
            return new Sent(
                    gift.giftSendId(),
                    gift.coins(),
                    spendable,
                    gift.comboId(),
                    gift.comboCount(),
                    sentAt.plusMillis(gift.comboWindowMs()),
                    position);
        }
    }

    /** A sent gift in its sender's history. */
    public record SentGift(
            UUID giftSendId,
            String liveId,
            String creatorId,
            String giftId,
            String giftName,
            int tier,
            int quantity,
            long coins,
            UUID comboId,
            int comboCount,
            Instant sentAt,
            boolean reversed,
            long position) {}

    /** Sends a gift. */
    public Answer<Sent> send(String viewerId, IdempotencyKey key, SendGiftRequest request) {
        return onceOnly.answer(
                new Sending(viewerId, EventIds.of(viewerId, OPERATION, key.value()), request));
    }

    private final class Sending implements OnceOnly.Request<Sent> {
        private final String viewerId;
        private final UUID giftSendId;
        private final SendGiftRequest request;

        private Sending(String viewerId, UUID giftSendId, SendGiftRequest request) {
            this.viewerId = viewerId;
            this.giftSendId = giftSendId;
            this.request = request;
        }

        @Override
        public UUID eventId() {
            return giftSendId;
        }

        @Override
        public Map<String, String> texts() {
            return request.comboId() == null ? Map.of() : Map.of(COMBO_ID, request.comboId());
        }

        @Override
        public Sent perform() {
            Instant at = clock.instant();
            PriceList list = prices.list();
            Gift gift =
                    list.gift(request.giftId(), at)
                            .orElseThrow(() -> Catalogue.unknown(request.giftId()));
            GiftTarget live =
                    lives.giftTarget(request.liveId())
                            .orElseThrow(() -> LiveProblems.unknown(request.liveId()));
            int quantity = requireQuantity(request.quantity());
            requireTakesGifts(request.liveId(), live);
            Wallets.Done done =
                    wallets.perform(
                            new SendGift(
                                    giftSendId,
                                    at,
                                    viewerId,
                                    request.liveId(),
                                    live.creatorId(),
                                    gift.giftId(),
                                    gift.name(),
                                    gift.tier(),
                                    quantity,
                                    gift.coins(),
                                    list.versionAt(at)));
            return switch (done.decision()) {
                case Accepted(GiftSent sent, _) ->
                        Sent.of(sent, at, done.state().spendable(), done.position().orElseThrow());
                case Accepted(var other, _) ->
                        throw new IllegalStateException("a send gave " + other);
                case Unchanged _ -> throw new IllegalStateException("a send changed nothing");
                case CorrectedMeanwhile _ -> throw new IllegalStateException("a send looked back");
                case WalletRefusal refusal -> throw Refusals.of(refusal);
            };
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return recorded.event() instanceof GiftSent sent
                    && sent.liveId().equals(request.liveId())
                    && sent.giftId().equals(request.giftId())
                    && sent.quantity() == request.quantity()
                    && Objects.equals(request.comboId(), recordedTexts.get(COMBO_ID));
        }

        @Override
        public Sent answerAgain(LogRecord recorded) {
            SpendableAfter after =
                    log.metadata(giftSendId)
                            .map(SpendableAfter::parse)
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "position "
                                                            + recorded.position()
                                                            + ": expected metadata with the"
                                                            + " answer, found none"));
            return Sent.of(
                    giftSent(recorded),
                    recorded.occurredAt(),
                    after.spendable(),
                    recorded.position());
        }
    }

    private static int requireQuantity(long quantity) {
        if (quantity < 1 || quantity > MOST_QUANTITY) {
            throw new RefusedException(
                    ProblemType.QUANTITY_OUT_OF_RANGE,
                    "quantity " + quantity + ": expected 1 to " + MOST_QUANTITY,
                    Map.of("quantity", quantity, "least", 1, "most", MOST_QUANTITY));
        }
        return (int) quantity;
    }

    private static void requireTakesGifts(String liveId, GiftTarget live) {
        if (!live.takesGifts()) {
            throw new RefusedException(
                    ProblemType.LIVE_NOT_ACTIVE,
                    "live "
                            + liveId
                            + " is "
                            + live.status().published()
                            + ": expected one that is active, or away for less than the grace",
                    Map.of("state", live.status().published()));
        }
    }

    /** A viewer's sends, latest first. */
    public Page<SentGift> of(String viewerId, PageRequest page) {
        List<LogRecord> rows =
                log.readStreamBackward(
                        Wallet.STREAM_TYPE,
                        viewerId,
                        page.before(),
                        Set.of(EventType.GIFT_SENT.typeName()),
                        page.limit() + 1);
        // A sent gift is named after its event.
        Set<UUID> reversed = reversedGifts.among(rows.stream().map(LogRecord::eventId).toList());
        return Page.of(rows, page, LogRecord::sequence)
                .map(row -> sentGift(row, reversed.contains(row.eventId())));
    }

    private static SentGift sentGift(LogRecord row, boolean reversed) {
        GiftSent sent = giftSent(row);
        return new SentGift(
                sent.giftSendId(),
                sent.liveId(),
                sent.creatorId(),
                sent.giftId(),
                sent.giftName(),
                sent.tier(),
                sent.quantity(),
                sent.coins(),
                sent.comboId(),
                sent.comboCount(),
                row.occurredAt(),
                reversed,
                row.position());
    }

    private static GiftSent giftSent(LogRecord row) {
        if (row.event() instanceof GiftSent sent) {
            return sent;
        }
        throw new IllegalStateException(
                "position " + row.position() + " holds " + row.type() + ": expected a sent gift");
    }
}
