package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.gift.earning.AtBank.Word;
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
        // A charge may be of the whole booking, of which this is a part.
        long chargesMinor = settle.takenMinor() == payout.netMinor() ? 0 : settle.chargesMinor();
        if (payout.netMinor() != settle.takenMinor() - chargesMinor
                || !payout.currency().equals(settle.currency())) {
            return new Contradicted(
                    money(settle.payoutId(), payout)
                            + ": expected as much, got "
                            + settle.takenMinor()
                            + " of "
                            + settle.currency()
                            + stated(settle.chargesMinor()));
        }
        return new Accepted(
                AtBank.settled(
                        settle.creatorId(),
                        settle.payoutId(),
                        payout,
                        chargesMinor,
                        Word.ofBank(settle.bankMessageId(), null)));
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
                AtBank.failed(
                        fail.creatorId(),
                        fail.payoutId(),
                        payout,
                        Word.ofBank(fail.bankMessageId(), fail.bankReason())));
    }

    private static String stated(long chargesMinor) {
        return chargesMinor == 0 ? "" : " with charges of " + chargesMinor;
    }

    private static String money(UUID payoutId, OpenPayout payout) {
        return "payout "
                + payoutId
                + " of "
                + payout.netMinor()
                + " minor units of "
                + payout.currency();
    }

    /**
     * Banks may keep something of what comes back, never add to it. Anybody can send us a little
     * money under a payout's name, so much less than all of it is a return only when the bank says
     * so.
     *
     * @param unstatedMinor how much less it may be without a word of the bank
     */
    static CreatorDecision giveBack(CreatorState creator, ReturnPayout back, long unstatedMinor) {
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
                    money(back.payoutId(), payout)
                            + ": expected no more to come back, got "
                            + back.returnedMinor()
                            + " of "
                            + back.currency());
        }
        long missingMinor =
                payout.netMinor() - back.returnedMinor() - Math.max(0, back.chargesMinor());
        if (!back.isReturn() && missingMinor > unstatedMinor) {
            return new Contradicted(
                    money(back.payoutId(), payout)
                            + ": expected all of it, or less by no more than "
                            + unstatedMinor
                            + ", since the bank does not say that it is a return; got "
                            + back.returnedMinor()
                            + stated(back.chargesMinor()));
        }
        return new Accepted(
                AtBank.returned(
                        back.creatorId(),
                        back.payoutId(),
                        payout,
                        payout.netMinor() - back.returnedMinor(),
                        Word.ofBank(back.bankMessageId(), back.bankReason())));
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
