package dev.confetti.ledger;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of one creator's earnings: held, released, revalued, paid out, or not, or back. */
final class RandomCreator {
    private static final long WHOLE = 10_000;
    private static final long SMALLEST_PAYOUT = 100;
    private static final long MICROS_IN_MINOR = 10_000;

    private static final class Earned {
        final GiftSent gift;
        boolean released;
        boolean revalued;
        Worth worth;

        Earned(GiftSent gift) {
            this.gift = gift;
            this.worth =
                    new Worth(
                            gift.payoutCurrency(),
                            gift.diamonds().tenThousandths() * gift.rateMicros());
        }
    }

    private enum Stage {
        REQUESTED,
        APPROVED,
        SENT,
        SETTLED
    }

    private record Payout(PayoutApproved as, Stage stage) {}

    private final String creatorId;
    private final Random random;
    private final Map<UUID, Earned> earned = new HashMap<>();
    private final List<Payout> payouts = new ArrayList<>();
    private final Map<String, Long> availableWorth = new TreeMap<>();
    private long available;

    RandomCreator(String creatorId, Random random) {
        this.creatorId = creatorId;
        this.random = random;
    }

    void sent(GiftSent gift) {
        earned.put(gift.giftSendId(), new Earned(gift));
    }

    /** A reversal as it is after what has become of the gift's earnings. */
    GiftReversed reversed(GiftReversed plain) {
        Earned gift = earned.remove(plain.giftSendId());
        if (gift == null) {
            throw new IllegalStateException(plain + ": expected a gift that was sent before");
        }
        if (gift.released) {
            add(-gift.gift.diamonds().tenThousandths(), gift.worth, -1);
        }
        return new GiftReversed(
                plain.giftSendId(),
                plain.viewerId(),
                plain.liveId(),
                plain.creatorId(),
                plain.giftId(),
                plain.coins(),
                plain.lots(),
                plain.promoCoins(),
                plain.diamonds(),
                plain.sentAt(),
                plain.closedLots(),
                plain.debtLowered(),
                plain.sentPosition(),
                gift.released,
                gift.revalued ? gift.worth : null,
                plain.reason());
    }

    /** What happens next to the creator; null when nothing of what was drawn can. */
    @Nullable ConfettiEvent next(long id) {
        int kind = random.nextInt(20);
        if (kind < 5) {
            return release(id);
        } else if (kind == 5) {
            return revaluation(id);
        } else if (kind < 10) {
            return request(id);
        }
        return payouts.isEmpty() ? null : onward();
    }

    private @Nullable ConfettiEvent release(long id) {
        Map<String, Long> worth = new TreeMap<>();
        long diamonds = 0;
        for (Earned each : earned.values()) {
            if (!each.released) {
                each.released = true;
                diamonds += each.gift.diamonds().tenThousandths();
                worth.merge(each.worth.currency(), each.worth.micros(), Long::sum);
                add(each.gift.diamonds().tenThousandths(), each.worth, 1);
            }
        }
        return diamonds == 0
                ? null
                : new EarningsReleased(creatorId, new Diamonds(diamonds), 1, id, id, worths(worth));
    }

    private void add(long diamonds, Worth worth, int sign) {
        available += diamonds;
        availableWorth.merge(worth.currency(), sign * worth.micros(), Long::sum);
        availableWorth.values().removeIf(micros -> micros == 0);
    }

    private static List<Worth> worths(Map<String, Long> micros) {
        return micros.entrySet().stream()
                .map(each -> new Worth(each.getKey(), each.getValue()))
                .toList();
    }

    /** Of one who has no diamonds at all there is nothing to revalue. */
    private @Nullable ConfettiEvent revaluation(long id) {
        if (available == 0 && earned.values().stream().allMatch(each -> each.released)) {
            return null;
        }
        String currency = random.nextInt(4) == 0 ? "EUR" : "USD";
        long rate = 1L + random.nextInt(3);
        Map<String, Long> before = new TreeMap<>();
        long pending = 0;
        for (Earned each : earned.values()) {
            long diamonds = each.gift.diamonds().tenThousandths();
            if (!each.released) {
                pending += diamonds;
                before.merge(each.worth.currency(), each.worth.micros(), Long::sum);
            }
            each.worth = new Worth(currency, diamonds * rate);
            each.revalued = true;
        }
        EarningsRevalued revalued =
                new EarningsRevalued(
                        Samples.id(id),
                        creatorId,
                        id,
                        currency,
                        rate,
                        new Diamonds(pending),
                        worths(before),
                        new Diamonds(available),
                        worths(availableWorth),
                        "fin",
                        "fin-2");
        availableWorth.clear();
        add(0, revalued.worthOf(new Diamonds(available)), 1);
        return revalued;
    }

    /** In one currency, as the service has it; mixed ones wait for a revaluation. */
    private @Nullable ConfettiEvent request(long id) {
        if (available < SMALLEST_PAYOUT * WHOLE || availableWorth.size() != 1) {
            return null;
        }
        String currency = availableWorth.keySet().iterator().next();
        long whole = SMALLEST_PAYOUT + random.nextLong(available / WHOLE - SMALLEST_PAYOUT + 1);
        long amountMinor =
                BigInteger.valueOf(availableWorth.getOrDefault(currency, 0L))
                        .multiply(BigInteger.valueOf(whole * WHOLE))
                        .divide(BigInteger.valueOf(available))
                        .divide(BigInteger.valueOf(MICROS_IN_MINOR))
                        .longValueExact();
        if (amountMinor < SMALLEST_PAYOUT) {
            return null;
        }
        PayoutApproved payout =
                new PayoutApproved(
                        Samples.id(id),
                        creatorId,
                        new Diamonds(whole * WHOLE),
                        amountMinor,
                        random.nextBoolean() ? amountMinor / 10 : 0,
                        random.nextBoolean() ? 25 : 0,
                        currency,
                        "fin");
        back(payout, -1);
        payouts.add(new Payout(payout, Stage.REQUESTED));
        return Samples.requested(payout);
    }

    private void back(PayoutApproved payout, int sign) {
        add(
                sign * payout.diamonds().tenThousandths(),
                new Worth(payout.currency(), payout.amountMinor() * MICROS_IN_MINOR),
                sign);
    }

    private @Nullable ConfettiEvent onward() {
        int index = random.nextInt(payouts.size());
        Payout payout = payouts.remove(index);
        PayoutApproved as = payout.as;
        boolean well = random.nextInt(3) > 0;
        return switch (payout.stage) {
            case REQUESTED -> well ? moved(as, Stage.APPROVED, as) : ended(as, rejected(as));
            case APPROVED ->
                    well ? moved(as, Stage.SENT, Samples.sent(as)) : ended(as, withdrawn(as));
            case SENT ->
                    well
                            ? moved(as, Stage.SETTLED, Samples.settled(as))
                            : ended(as, Samples.failed(as));
            // Most do not come back.
            case SETTLED ->
                    well ? null : ended(as, Samples.returned(as, random.nextLong(as.netMinor())));
        };
    }

    private ConfettiEvent moved(PayoutApproved as, Stage stage, ConfettiEvent event) {
        payouts.add(new Payout(as, stage));
        return event;
    }

    private ConfettiEvent ended(PayoutApproved as, ConfettiEvent event) {
        back(as, 1);
        return event;
    }

    private static ConfettiEvent rejected(PayoutApproved as) {
        return new PayoutRejected(
                as.payoutId(),
                as.creatorId(),
                as.diamonds(),
                as.amountMinor(),
                as.currency(),
                "fin",
                null);
    }

    private static ConfettiEvent withdrawn(PayoutApproved as) {
        return new PayoutWithdrawn(
                as.payoutId(),
                as.creatorId(),
                as.diamonds(),
                as.amountMinor(),
                as.withholdingMinor(),
                as.feeMinor(),
                as.currency(),
                "fin",
                null);
    }
}
