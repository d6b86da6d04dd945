package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.SendBatch;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Approved payouts, put together for the bank. */
final class Batches {
    private final Journal journal;
    private final Payroll payroll;
    private final Payouts payouts;
    private final Cash cash;

    Batches(Journal journal, Payroll payroll, Payouts payouts, Cash cash) {
        this.journal = journal;
        this.payroll = payroll;
        this.payouts = payouts;
        this.cash = cash;
    }

    /** Claims what is approved and not held, then sends each, until a commit gets no answer. */
    Facts batch(SendBatch send) {
        List<Payout> claimed =
                payouts.all().stream()
                        .filter(each -> each.status.equals("approved") && each.batch == null)
                        .filter(each -> !payroll.account(each.creator).isHeld)
                        .toList();
        if (claimed.isEmpty()) {
            return new Facts("nothing-to-pay");
        }
        Name batch = journal.named("batch");
        Facts event =
                new Facts("payout-batch-created").with("batch", batch).with("by", send.caller());
        for (int i = 0; i < claimed.size(); i++) {
            event = event.with("payout " + i, claimed.get(i).name);
        }
        Facts answer =
                journal.append(
                        send,
                        "payout-batch " + batch.text(),
                        0,
                        event,
                        Economy.done()
                                .with("batch", batch)
                                .with("payouts", claimed.size())
                                .with("status", "sent"),
                        () -> {
                            claimed.forEach(each -> each.batch = batch);
                            return List.of();
                        });
        return answer.equals(Facts.OUTCOME_UNKNOWN) ? answer : sendAll(batch, answer);
    }

    /** Sends what is left of a batch; its answer counts when all of it is sent. */
    Facts finishThen(Facts answer) {
        return answer.values().get("batch") instanceof Name batch ? sendAll(batch, answer) : answer;
    }

    /** Sends what is left of all batches, the oldest first. */
    Facts finish() {
        Facts done = new Facts("done");
        List<Name> batches =
                payouts.all().stream()
                        .map(each -> each.batch)
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted(Comparator.comparingInt(Batches::number))
                        .toList();
        for (Name batch : batches) {
            if (sendAll(batch, done).equals(Facts.OUTCOME_UNKNOWN)) {
                return Facts.OUTCOME_UNKNOWN;
            }
        }
        return done;
    }

    /** Batches are numbered as they are made. */
    private static int number(Name batch) {
        return Integer.parseInt(batch.text().substring("batch ".length()));
    }

    private Facts sendAll(Name batch, Facts answer) {
        for (Payout payout : payouts.all()) {
            if (batch.equals(payout.batch)
                    && payout.status.equals("approved")
                    && send(payout, batch).equals(Facts.OUTCOME_UNKNOWN)) {
                return Facts.OUTCOME_UNKNOWN;
            }
        }
        return answer;
    }

    private Facts send(Payout payout, Name batch) {
        Account account = payroll.account(payout.creator);
        return journal.append(
                null,
                "creator " + payout.creator,
                account.events,
                payout.eventWithCharges("sent").with("batch", batch),
                new Facts("done"),
                () -> {
                    account.events++;
                    account.reserved -= payout.diamonds;
                    account.redeemed += payout.diamonds;
                    payout.status = "sent";
                    cash.book(Cash.PAYABLE, Cash.IN_TRANSIT, payout.netMinor());
                    return List.of();
                });
    }
}
