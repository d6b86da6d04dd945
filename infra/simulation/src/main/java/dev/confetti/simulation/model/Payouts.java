package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.DecidePayout;
import dev.confetti.simulation.model.Command.HoldPayouts;
import dev.confetti.simulation.model.Command.RequestPayout;
import dev.confetti.simulation.model.Command.WithdrawPayout;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payouts, until they are put together for the bank. */
final class Payouts {
    private final Rules rules;
    private final Journal journal;
    private final Payroll payroll;
    private final Cash cash;
    private final Map<Name, Payout> all = new LinkedHashMap<>();

    Payouts(Rules rules, Journal journal, Payroll payroll, Cash cash) {
        this.rules = rules;
        this.journal = journal;
        this.payroll = payroll;
        this.cash = cash;
    }

    /** As they were requested. */
    Collection<Payout> all() {
        return all.values();
    }

    @Nullable Payout find(Name name) {
        return all.get(name);
    }

    List<Name> names() {
        return List.copyOf(all.keySet());
    }

    Facts request(RequestPayout request) {
        Account account = payroll.account(request.caller());
        long diamonds = request.diamonds() * 10_000;
        if (account.worth.keySet().stream().anyMatch(each -> !each.equals(Rules.CURRENCY))) {
            return new Facts("currencies-mixed");
        }
        if (account.isHeld) {
            return new Facts("payouts-held");
        }
        if (request.diamonds() < rules.payoutMinimum()) {
            return belowMinimum();
        }
        if (diamonds > account.available) {
            return new Facts("insufficient-diamonds")
                    .with("available", decimal(account.available))
                    .with("needed", decimal(diamonds));
        }
        // A cent is 10,000 micro-units.
        long micros = Math.max(0, account.worth.getOrDefault(Rules.CURRENCY, 0L));
        long amountMinor = micros * diamonds / account.available / 10_000;
        Payout payout =
                new Payout(journal.named("payout"), request.caller(), diamonds, amountMinor, rules);
        if (payout.netMinor() <= 0) {
            return belowMinimum();
        }
        return journal.append(
                request,
                "creator " + request.caller(),
                account.events,
                payout.event("requested"),
                Economy.done().with("payout", payout.name).with("status", "requested"),
                () -> {
                    account.events++;
                    all.put(payout.name, payout);
                    account.available -= diamonds;
                    account.reserved += diamonds;
                    account.addWorth(Rules.CURRENCY, -amountMinor * 10_000);
                    return List.of();
                });
    }

    private Facts belowMinimum() {
        return new Facts("below-minimum").with("minimumDiamonds", rules.payoutMinimum());
    }

    private static String decimal(long diamonds) {
        return BigDecimal.valueOf(diamonds, 4).toPlainString();
    }

    Facts decide(DecidePayout decide) {
        Payout payout = all.get(decide.payout());
        if (payout == null) {
            return new Facts("unknown-payout");
        }
        String status = decide.approve() ? "approved" : "rejected";
        if (!payout.status.equals("requested")) {
            String decision = payout.status.equals("rejected") ? "rejected" : "approved";
            String by = payout.status.equals("withdrawn") ? payout.approvedBy : payout.by;
            return decision.equals(status) && by.equals(decide.by())
                    ? new Facts("done").with("status", payout.status)
                    : new Facts("payout-not-requested");
        }
        if (payout.creator.equals(decide.by())) {
            return new Facts("same-person");
        }
        Account account = payroll.account(payout.creator);
        if (decide.approve() && account.isHeld) {
            return new Facts("payouts-held");
        }
        return journal.append(
                null,
                "creator " + payout.creator,
                account.events,
                (decide.approve() ? payout.eventWithCharges("approved") : payout.event("rejected"))
                        .with("by", decide.by()),
                new Facts("done").with("status", status),
                () -> {
                    account.events++;
                    payout.status = status;
                    payout.by = decide.by();
                    if (decide.approve()) {
                        cash.charges(payout);
                    } else {
                        account.isFreed(payout);
                    }
                    return List.of();
                });
    }

    Facts withdraw(WithdrawPayout withdraw) {
        Payout payout = all.get(withdraw.payout());
        if (payout == null) {
            return new Facts("unknown-payout");
        }
        if (payout.status.equals("withdrawn") && payout.by.equals(withdraw.by())) {
            return new Facts("done").with("status", "withdrawn");
        }
        if (!payout.status.equals("approved")) {
            return new Facts("payout-not-approved");
        }
        if (payout.creator.equals(withdraw.by())) {
            return new Facts("same-person");
        }
        if (payout.batch != null) {
            return new Facts("payout-not-approved");
        }
        Account account = payroll.account(payout.creator);
        return journal.append(
                null,
                "creator " + payout.creator,
                account.events,
                payout.eventWithCharges("withdrawn").with("by", withdraw.by()),
                new Facts("done").with("status", "withdrawn"),
                () -> {
                    account.events++;
                    payout.status = "withdrawn";
                    payout.approvedBy = payout.by;
                    payout.by = withdraw.by();
                    account.isFreed(payout);
                    cash.chargesBack(payout);
                    return List.of();
                });
    }

    Facts hold(HoldPayouts hold) {
        Account account = payroll.account(hold.creator());
        Facts answer = new Facts("done").with("held", hold.hold());
        if (account.isHeld == hold.hold()) {
            return answer;
        }
        return journal.append(
                null,
                "creator " + hold.creator(),
                account.events,
                new Facts(hold.hold() ? "payouts-held" : "payouts-resumed")
                        .with("creator", hold.creator())
                        .with("by", hold.by()),
                answer,
                () -> {
                    account.events++;
                    account.isHeld = hold.hold();
                    return List.of();
                });
    }
}
