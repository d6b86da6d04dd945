package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.gift.earning.CreatorCommand.FailPayout;
import dev.confetti.gift.earning.CreatorCommand.ReturnPayout;
import dev.confetti.gift.earning.CreatorCommand.SendPayout;
import dev.confetti.gift.earning.CreatorCommand.SettlePayout;
import dev.confetti.gift.earning.CreatorDecision.Accepted;
import dev.confetti.gift.earning.CreatorDecision.Contradicted;
import dev.confetti.gift.earning.CreatorDecision.TooEarly;
import dev.confetti.gift.earning.OpenPayout.Stage;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of an approved payout at the bank. */
final class BankRules {
    private BankRules() {}

    static CreatorDecision send(CreatorState creator, SendPayout send) {
        OpenPayout payout = creator.payouts().get(send.payoutId());
        if (payout == null || payout.stage() != Stage.APPROVED) {
            return contradicted(send.payoutId(), payout, "an approved one");
        }
        return new Accepted(
                new PayoutSent(
                        send.payoutId(),
                        send.creatorId(),
                        send.batchId(),
                        payout.diamonds(),
                        payout.amountMinor(),
                        payout.withholdingMinor(),
                        payout.feeMinor(),
                        payout.currency()));
    }

    static CreatorDecision settle(CreatorState creator, SettlePayout settle) {
        OpenPayout payout = creator.payouts().get(settle.payoutId());
        if (isBeforeSent(payout)) {
            return new TooEarly("payout " + settle.payoutId() + " is not sent yet");
        }
        if (payout == null || payout.stage() != Stage.SENT) {
            return contradicted(settle.payoutId(), payout, "one that is sent");
        }
        if (payout.netMinor() != settle.netMinor()
                || !payout.currency().equals(settle.currency())) {
            return new Contradicted(
                    "payout "
                            + settle.payoutId()
                            + " of "
                            + payout.netMinor()
                            + " minor units of "
                            + payout.currency()
                            + ": expected as much, got "
                            + settle.netMinor()
                            + " of "
                            + settle.currency());
        }
        return new Accepted(
                new PayoutSettled(
                        settle.payoutId(),
                        settle.creatorId(),
                        payout.netMinor(),
                        payout.currency(),
                        settle.bankMessageId()));
    }

    static CreatorDecision fail(CreatorState creator, FailPayout fail) {
        OpenPayout payout = creator.payouts().get(fail.payoutId());
        if (isBeforeSent(payout)) {
            return new TooEarly("payout " + fail.payoutId() + " is not sent yet");
        }
        if (payout == null || payout.stage() != Stage.SENT) {
            return contradicted(fail.payoutId(), payout, "one that is sent");
        }
        return new Accepted(
                new PayoutFailed(
                        fail.payoutId(),
                        fail.creatorId(),
                        payout.diamonds(),
                        payout.amountMinor(),
                        payout.withholdingMinor(),
                        payout.feeMinor(),
                        payout.currency(),
                        fail.bankMessageId(),
                        fail.bankReason()));
    }

    /** Banks may keep something of what comes back, never add to it. */
    static CreatorDecision giveBack(CreatorState creator, ReturnPayout back) {
        OpenPayout payout = creator.payouts().get(back.payoutId());
        if (isBeforeSent(payout) || (payout != null && payout.stage() == Stage.SENT)) {
            return new TooEarly("payout " + back.payoutId() + " is not settled yet");
        }
        if (payout == null) {
            return contradicted(back.payoutId(), null, "one that is settled");
        }
        if (back.returnedMinor() < 1
                || back.returnedMinor() > payout.netMinor()
                || !payout.currency().equals(back.currency())) {
            return new Contradicted(
                    "payout "
                            + back.payoutId()
                            + " of "
                            + payout.netMinor()
                            + " minor units of "
                            + payout.currency()
                            + ": expected no more to come back, got "
                            + back.returnedMinor()
                            + " of "
                            + back.currency());
        }
        return new Accepted(
                new PayoutReturned(
                        back.payoutId(),
                        back.creatorId(),
                        payout.diamonds(),
                        payout.amountMinor(),
                        payout.withholdingMinor(),
                        payout.feeMinor(),
                        payout.netMinor() - back.returnedMinor(),
                        payout.currency(),
                        back.bankMessageId(),
                        back.bankReason()));
    }

    private static boolean isBeforeSent(@Nullable OpenPayout payout) {
        return payout != null
                && (payout.stage() == Stage.REQUESTED || payout.stage() == Stage.APPROVED);
    }

    private static Contradicted contradicted(
            UUID payoutId, @Nullable OpenPayout payout, String expected) {
        return new Contradicted(
                "payout "
                        + payoutId
                        + ": expected "
                        + expected
                        + ", it is "
                        + (payout == null
                                ? "over"
                                : payout.stage().name().toLowerCase(Locale.ROOT)));
    }
}
