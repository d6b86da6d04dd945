package dev.confetti.gift.finance;

import dev.confetti.events.FiatAccounts;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentRejected;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;
import dev.confetti.gift.finance.AdjustmentCommand.ApproveAdjustment;
import dev.confetti.gift.finance.AdjustmentCommand.RejectAdjustment;
import dev.confetti.gift.finance.AdjustmentCommand.RequestAdjustment;
import dev.confetti.gift.finance.AdjustmentDecision.Accepted;
import dev.confetti.gift.finance.AdjustmentDecision.NotAdjustable;
import dev.confetti.gift.finance.AdjustmentDecision.NotRequested;
import dev.confetti.gift.finance.AdjustmentDecision.RequestedBefore;
import dev.confetti.gift.finance.AdjustmentDecision.SamePerson;
import dev.confetti.gift.finance.AdjustmentState.Waiting;

/** Which corrections are booked: of adjustable accounts, once, by two persons. */
final class AdjustmentRules {
    private AdjustmentRules() {}

    static AdjustmentDecision decide(AdjustmentState state, AdjustmentCommand command) {
        return switch (command) {
            case RequestAdjustment request -> request(state, request);
            case ApproveAdjustment approve -> approve(state, approve);
            case RejectAdjustment reject -> reject(state, reject);
        };
    }

    private static AdjustmentDecision request(AdjustmentState state, RequestAdjustment request) {
        if (!(state instanceof AdjustmentState.None)) {
            return new RequestedBefore();
        }
        if (!FiatAccounts.ADJUSTABLE.contains(request.debitAccount())) {
            return new NotAdjustable(request.debitAccount());
        }
        if (!FiatAccounts.ADJUSTABLE.contains(request.creditAccount())) {
            return new NotAdjustable(request.creditAccount());
        }
        return new Accepted(
                new AdjustmentRequested(
                        request.adjustmentId(),
                        request.debitAccount(),
                        request.creditAccount(),
                        request.amountMicros(),
                        request.currency(),
                        request.by(),
                        null));
    }

    private static AdjustmentDecision approve(AdjustmentState state, ApproveAdjustment approve) {
        if (!(state instanceof Waiting(AdjustmentRequested request))) {
            return new NotRequested();
        }
        if (approve.by().equals(request.requestedBy())) {
            return new SamePerson();
        }
        return new Accepted(
                new AdjustmentApproved(
                        request.adjustmentId(),
                        request.debitAccount(),
                        request.creditAccount(),
                        request.amountMicros(),
                        request.currency(),
                        approve.by()));
    }

    private static AdjustmentDecision reject(AdjustmentState state, RejectAdjustment reject) {
        if (!(state instanceof Waiting(AdjustmentRequested request))) {
            return new NotRequested();
        }
        if (reject.by().equals(request.requestedBy())) {
            return new SamePerson();
        }
        return new Accepted(
                new AdjustmentRejected(
                        request.adjustmentId(),
                        request.debitAccount(),
                        request.creditAccount(),
                        request.amountMicros(),
                        request.currency(),
                        reject.by(),
                        null));
    }
}
