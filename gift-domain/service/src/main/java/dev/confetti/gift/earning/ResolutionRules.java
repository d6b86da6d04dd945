package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent;
import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.events.CreatorEvent.PayoutResolutionRequested;
import dev.confetti.gift.earning.AtBank.Word;
import dev.confetti.gift.earning.CreatorCommand.ApproveResolution;
import dev.confetti.gift.earning.CreatorCommand.RequestResolution;
import dev.confetti.gift.earning.CreatorDecision.Accepted;
import dev.confetti.gift.earning.CreatorDecision.NotAtBank;
import dev.confetti.gift.earning.CreatorDecision.NotResolvable;
import dev.confetti.gift.earning.CreatorDecision.SamePerson;
import dev.confetti.gift.earning.OpenPayout.Stage;
import java.util.UUID;

/**
 * What two persons say became of a payout, where the bank's messages do not: neither is who is
 * paid. The latest request counts.
 */
final class ResolutionRules {
    private ResolutionRules() {}

    static CreatorDecision request(CreatorState creator, RequestResolution request) {
        OpenPayout payout = creator.payouts().get(request.payoutId());
        if (payout == null || payout.stage() != before(request.outcome())) {
            return new NotAtBank(request.payoutId(), request.outcome());
        }
        if (request.by().equals(request.creatorId())) {
            return new SamePerson();
        }
        if (request.chargesMinor() > payout.netMinor()) {
            return new CreatorDecision.ChargesTooHigh(request.chargesMinor(), payout.netMinor());
        }
        return new Accepted(
                new PayoutResolutionRequested(
                        request.eventId(),
                        request.payoutId(),
                        request.creatorId(),
                        request.outcome(),
                        request.chargesMinor(),
                        payout.currency(),
                        request.by(),
                        null));
    }

    private static Stage before(PayoutOutcome outcome) {
        return switch (outcome) {
            case SETTLED, FAILED -> Stage.SENT;
            case RETURNED -> Stage.SETTLED;
        };
    }

    static CreatorDecision approve(CreatorState creator, ApproveResolution approve) {
        UUID payoutId = approve.payoutId();
        OpenPayout payout = creator.payouts().get(payoutId);
        Resolution resolution = payout == null ? null : payout.resolution();
        if (payout == null
                || resolution == null
                || !resolution.resolutionId().equals(approve.resolutionId())) {
            return new NotResolvable(approve.resolutionId());
        }
        if (approve.by().equals(resolution.by()) || approve.by().equals(approve.creatorId())) {
            return new SamePerson();
        }
        return new Accepted(outcome(approve, payout, resolution));
    }

    private static CreatorEvent outcome(
            ApproveResolution approve, OpenPayout payout, Resolution resolution) {
        String creatorId = approve.creatorId();
        UUID payoutId = approve.payoutId();
        Word word = Word.ofPeople(resolution.resolutionId(), approve.by());
        return switch (resolution.outcome()) {
            case SETTLED ->
                    AtBank.settled(creatorId, payoutId, payout, resolution.chargesMinor(), word);
            case FAILED -> AtBank.failed(creatorId, payoutId, payout, word);
            case RETURNED ->
                    AtBank.returned(creatorId, payoutId, payout, resolution.chargesMinor(), word);
        };
    }
}
