package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.PayoutsResumed;
import dev.confetti.events.Diamonds;
import dev.confetti.events.MicroUnits;
import dev.confetti.gift.earning.CreatorCommand.ApprovePayout;
import dev.confetti.gift.earning.CreatorCommand.RejectPayout;
import dev.confetti.gift.earning.CreatorCommand.RequestPayout;
import dev.confetti.gift.earning.CreatorCommand.ResumePayouts;
import dev.confetti.gift.earning.CreatorCommand.WithdrawPayout;
import dev.confetti.gift.earning.CreatorDecision.Accepted;
import dev.confetti.gift.earning.CreatorDecision.AsBefore;
import dev.confetti.gift.earning.CreatorDecision.BelowMinimum;
import dev.confetti.gift.earning.CreatorDecision.Held;
import dev.confetti.gift.earning.CreatorDecision.InsufficientDiamonds;
import dev.confetti.gift.earning.CreatorDecision.LookAgain;
import dev.confetti.gift.earning.CreatorDecision.NotApproved;
import dev.confetti.gift.earning.CreatorDecision.NotRequested;
import dev.confetti.gift.earning.CreatorDecision.SamePerson;
import dev.confetti.gift.earning.OpenPayout.Stage;
import java.math.BigInteger;

/**
 * What is paid out, and what is kept of it.
 *
 * @param minimumDiamonds the fewest whole diamonds of a payout
 * @param feeMinor what a payout costs the creator, in minor units of {@code currency}
 * @param unstatedChargesMinor how much less may come back without a word of the bank
 * @param withholdingBps the part that is kept back as tax
 * @param currency ISO 4217 code
 */
public record PayoutRules(
        long minimumDiamonds,
        long feeMinor,
        long unstatedChargesMinor,
        int withholdingBps,
        String currency) {
    private static final long WHOLE_BPS = 10_000;

    CreatorDecision request(CreatorState creator, RequestPayout request) {
        if (creator.payoutEvents() != request.payoutEventsSeen()) {
            return new LookAgain();
        }
        if (creator.isHeld()) {
            return new Held();
        }
        if (request.diamonds().compareTo(Diamonds.ofWhole(minimumDiamonds)) < 0) {
            return new BelowMinimum(minimumDiamonds);
        }
        if (request.diamonds().compareTo(request.available()) > 0) {
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
        return MicroUnits.toMinor(micros.longValueExact(), currency);
    }

    /** Halves are rounded up. */
    private long withholdingMinor(long amountMinor) {
        return Math.floorDiv(
                Math.addExact(Math.multiplyExact(amountMinor, withholdingBps), WHOLE_BPS / 2),
                WHOLE_BPS);
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

    /** Whether a batch has it is for the append to see. */
    static CreatorDecision withdraw(CreatorState creator, WithdrawPayout withdraw) {
        OpenPayout payout = creator.payouts().get(withdraw.payoutId());
        if (payout == null || payout.stage() != Stage.APPROVED) {
            return new NotApproved(withdraw.payoutId());
        }
        if (withdraw.by().equals(withdraw.creatorId())) {
            return new SamePerson();
        }
        return new Accepted(
                new PayoutWithdrawn(
                        withdraw.payoutId(),
                        withdraw.creatorId(),
                        payout.diamonds(),
                        payout.amountMinor(),
                        payout.withholdingMinor(),
                        payout.feeMinor(),
                        payout.currency(),
                        withdraw.by(),
                        null));
    }

    /** Who is held does not let go of it. */
    static CreatorDecision resume(CreatorState creator, ResumePayouts resume) {
        if (resume.by().equals(resume.creatorId())) {
            return new SamePerson();
        }
        return creator.isHeld()
                ? new Accepted(new PayoutsResumed(resume.creatorId(), resume.by(), null))
                : new AsBefore();
    }
}
