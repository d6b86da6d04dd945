package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.gift.earning.CreatorCommand.ApprovePayout;
import dev.confetti.gift.earning.CreatorCommand.RejectPayout;
import dev.confetti.gift.earning.CreatorCommand.RequestPayout;
import dev.confetti.gift.earning.CreatorDecision.Accepted;
import dev.confetti.gift.earning.CreatorDecision.BelowMinimum;
import dev.confetti.gift.earning.CreatorDecision.Held;
import dev.confetti.gift.earning.CreatorDecision.InsufficientDiamonds;
import dev.confetti.gift.earning.CreatorDecision.LookAgain;
import dev.confetti.gift.earning.CreatorDecision.NotRequested;
import dev.confetti.gift.earning.CreatorDecision.SamePerson;
import dev.confetti.gift.earning.OpenPayout.Stage;
import java.math.BigInteger;
import java.util.Currency;

/**
 * What is paid out, and what is kept of it.
 *
 * @param minimumDiamonds the fewest whole diamonds of a payout
 * @param feeMinor what a payout costs the creator, in minor units of {@code currency}
 * @param withholdingBps the part that is kept back as tax
 * @param currency ISO 4217 code
 */
public record PayoutRules(
        long minimumDiamonds, long feeMinor, int withholdingBps, String currency) {
    /** 0.0001 diamonds in one. */
    static final long UNITS = 10_000;

    private static final int MICRO_PLACES = 6;

    CreatorDecision request(CreatorState creator, RequestPayout request) {
        if (creator.payoutEvents() != request.payoutEventsSeen()) {
            return new LookAgain();
        }
        if (creator.isHeld()) {
            return new Held();
        }
        long units = request.diamonds().tenThousandths();
        if (units < Math.multiplyExact(minimumDiamonds, UNITS)) {
            return new BelowMinimum(minimumDiamonds);
        }
        if (units > request.available().tenThousandths()) {
            return new InsufficientDiamonds(request.available(), request.diamonds());
        }
        long amountMinor = amountMinor(request);
        if (amountMinor - withholdingMinor(amountMinor) - feeMinor <= 0) {
            return new BelowMinimum(minimumDiamonds);
        }
        return new Accepted(
                new PayoutRequested(
                        request.eventId(),
                        request.creatorId(),
                        request.diamonds(),
                        amountMinor,
                        currency));
    }

    /** Their part of what all available diamonds are worth, in whole minor units. */
    private long amountMinor(RequestPayout request) {
        BigInteger micros =
                BigInteger.valueOf(Math.max(0, request.worthMicros()))
                        .multiply(BigInteger.valueOf(request.diamonds().tenThousandths()))
                        .divide(BigInteger.valueOf(request.available().tenThousandths()));
        int places = MICRO_PLACES - Currency.getInstance(currency).getDefaultFractionDigits();
        return micros.divide(BigInteger.TEN.pow(places)).longValueExact();
    }

    /** Minor units in 0.000001. */
    static long micros(long amountMinor, String currency) {
        int places = MICRO_PLACES - Currency.getInstance(currency).getDefaultFractionDigits();
        return BigInteger.TEN
                .pow(places)
                .multiply(BigInteger.valueOf(amountMinor))
                .longValueExact();
    }

    /** Halves are rounded up. */
    private long withholdingMinor(long amountMinor) {
        return Math.floorDiv(
                Math.addExact(Math.multiplyExact(amountMinor, withholdingBps), 5_000), UNITS);
    }

    CreatorDecision approve(CreatorState creator, ApprovePayout approve) {
        OpenPayout payout = creator.payouts().get(approve.payoutId());
        if (payout == null || payout.stage() != Stage.REQUESTED) {
            return new NotRequested(approve.payoutId());
        }
        if (approve.by().equals(approve.creatorId())) {
            return new SamePerson();
        }
        if (creator.isHeld()) {
            return new Held();
        }
        long withholdingMinor = withholdingMinor(payout.amountMinor());
        // Fee and tax may have been raised since the request.
        if (payout.amountMinor() - withholdingMinor - feeMinor <= 0) {
            return new BelowMinimum(minimumDiamonds);
        }
        return new Accepted(
                new PayoutApproved(
                        approve.payoutId(),
                        approve.creatorId(),
                        payout.diamonds(),
                        payout.amountMinor(),
                        withholdingMinor,
                        feeMinor,
                        payout.currency(),
                        approve.by()));
    }

    CreatorDecision reject(CreatorState creator, RejectPayout reject) {
        OpenPayout payout = creator.payouts().get(reject.payoutId());
        if (payout == null || payout.stage() != Stage.REQUESTED) {
            return new NotRequested(reject.payoutId());
        }
        if (reject.by().equals(reject.creatorId())) {
            return new SamePerson();
        }
        return new Accepted(
                new PayoutRejected(
                        reject.payoutId(),
                        reject.creatorId(),
                        payout.diamonds(),
                        payout.amountMinor(),
                        payout.currency(),
                        reject.by(),
                        null));
    }
}
