package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.DecidePayout;
import dev.confetti.simulation.model.Command.HoldPayouts;
import dev.confetti.simulation.model.Command.RequestPayout;
import dev.confetti.simulation.model.Command.SendBatch;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What creators earned: held, then released. */
final class Payroll {
    private final Rules rules;
    private final Journal journal;
    private final SortedMap<String, Account> accounts = new TreeMap<>();
    private final Map<Name, Payout> payouts = new LinkedHashMap<>();

    Payroll(Rules rules, Journal journal) {
        this.rules = rules;
        this.journal = journal;
    }

    private static final class Account {
        /** Gifts whose earnings are not released, oldest first. */
        final List<Held> held = new ArrayList<>();

        long pending;
        long available;
        long releasedThrough;
        long reserved;

        /** What is available is worth, in 0.000001. */
        long micros;

        long events;

        boolean isHeld;
    }

    private record Held(SentGift gift, Instant slotEnd) {}

    private Account account(String creator) {
        return accounts.computeIfAbsent(creator, name -> new Account());
    }

    void sent(SentGift gift) {
        Account account = account(gift.creator);
        account.pending += gift.diamonds;
        account.held.add(new Held(gift, slotEnd(journal.recordedAt())));
    }

    /** The end of the slot of a hundredth of the hold, of one second to one hour. */
    private Instant slotEnd(Instant recordedAt) {
        long slotMs =
                Math.clamp(
                        rules.earningsHold().toMillis() / 100,
                        1_000,
                        Duration.ofHours(1).toMillis());
        return Instant.ofEpochMilli(
                (Math.floorDiv(recordedAt.toEpochMilli(), slotMs) + 1) * slotMs);
    }

    boolean isReleased(SentGift gift) {
        return account(gift.creator).releasedThrough >= gift.position;
    }

    void reversed(SentGift gift) {
        Account account = account(gift.creator);
        if (isReleased(gift)) {
            account.available -= gift.diamonds;
            account.micros -= gift.diamonds;
        } else {
            account.pending -= gift.diamonds;
        }
    }

    /** Releases what is due, one creator after the other, until a commit gets no answer. */
    Facts settle() {
        // Nothing more is recorded before this instant.
        journal.notBeforeNow();
        long head = journal.nextPosition() - 1;
        Instant due = journal.now().minus(rules.earningsHold());
        SortedMap<String, List<Held>> payable = new TreeMap<>();
        accounts.forEach(
                (creator, account) -> {
                    List<Held> over =
                            account.held.stream()
                                    .filter(each -> !each.slotEnd().isAfter(due))
                                    .toList();
                    if (diamonds(over) > 0) {
                        payable.put(creator, over);
                    } else {
                        account.held.removeAll(over);
                    }
                });
        for (var creator : payable.entrySet()) {
            Facts released = release(creator.getKey(), creator.getValue(), head);
            if (released.equals(Facts.OUTCOME_UNKNOWN)) {
                return released;
            }
        }
        return new Facts("done");
    }

    private static long diamonds(List<Held> held) {
        return held.stream()
                .filter(each -> !each.gift().reversed)
                .mapToLong(each -> each.gift().diamonds)
                .sum();
    }

    private Facts release(String creator, List<Held> over, long head) {
        Account account = account(creator);
        long diamonds = diamonds(over);
        long through = over.getLast().gift().position;
        return journal.append(
                null,
                "creator " + creator,
                account.events,
                new Facts("earnings-released")
                        .with("creator", creator)
                        .with("diamonds", diamonds)
                        .with("fromPosition", over.getFirst().gift().position)
                        .with("throughPosition", through)
                        .with("countedThrough", head)
                        .with("USD", diamonds),
                new Facts("done"),
                () -> {
                    account.events++;
                    account.micros += diamonds;
                    account.held.removeAll(over);
                    account.releasedThrough = through;
                    account.pending -= diamonds;
                    account.available += diamonds;
                    return List.of();
                });
    }

    /** Diamonds of each creator, pending, available and reserved. */
    SortedMap<String, List<Long>> diamonds() {
        SortedMap<String, List<Long>> diamonds = new TreeMap<>();
        accounts.forEach(
                (creator, account) ->
                        diamonds.put(
                                creator,
                                List.of(account.pending, account.available, account.reserved)));
        return diamonds;
    }

    private static final class Payout {
        final String creator;
        final long diamonds;
        final long amountMinor;
        String status = "requested";
        String by = "";
        @Nullable Name batch;

        Payout(String creator, long diamonds, long amountMinor) {
            this.creator = creator;
            this.diamonds = diamonds;
            this.amountMinor = amountMinor;
        }
    }

    List<Name> payouts() {
        return List.copyOf(payouts.keySet());
    }

    Facts request(RequestPayout request) {
        Account account = account(request.caller());
        long diamonds = request.diamonds() * 10_000;
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
        long amountMinor = account.micros * diamonds / account.available / 10_000;
        if (amountMinor - withholding(amountMinor) - rules.payoutFeeMinor() <= 0) {
            return belowMinimum();
        }
        Name name = journal.named("payout");
        return journal.append(
                request,
                "creator " + request.caller(),
                account.events,
                new Facts("payout-requested")
                        .with("creator", request.caller())
                        .with("payout", name)
                        .with("diamonds", diamonds)
                        .with("amountMinor", amountMinor),
                Economy.done().with("payout", name).with("status", "requested"),
                () -> {
                    account.events++;
                    payouts.put(name, new Payout(request.caller(), diamonds, amountMinor));
                    account.available -= diamonds;
                    account.reserved += diamonds;
                    account.micros -= amountMinor * 10_000;
                    return List.of();
                });
    }

    private Facts belowMinimum() {
        return new Facts("below-minimum").with("minimumDiamonds", rules.payoutMinimum());
    }

    private static String decimal(long diamonds) {
        return BigDecimal.valueOf(diamonds, 4).toPlainString();
    }

    private long withholding(long amountMinor) {
        return (amountMinor * rules.withholdingBps() + 5_000) / 10_000;
    }

    Facts decide(DecidePayout decide) {
        Payout payout = payouts.get(decide.payout());
        if (payout == null) {
            return new Facts("unknown-payout");
        }
        String status = decide.approve() ? "approved" : "rejected";
        if (!payout.status.equals("requested")) {
            String decision = payout.status.equals("sent") ? "approved" : payout.status;
            return decision.equals(status) && payout.by.equals(decide.by())
                    ? new Facts("done").with("status", payout.status)
                    : new Facts("payout-not-requested");
        }
        if (payout.creator.equals(decide.by())) {
            return new Facts("same-person");
        }
        Account account = account(payout.creator);
        if (decide.approve() && account.isHeld) {
            return new Facts("payouts-held");
        }
        Facts event =
                new Facts("payout-" + status)
                        .with("creator", payout.creator)
                        .with("payout", decide.payout())
                        .with("diamonds", payout.diamonds)
                        .with("amountMinor", payout.amountMinor)
                        .with("by", decide.by());
        return journal.append(
                null,
                "creator " + payout.creator,
                account.events,
                decide.approve()
                        ? event.with("withholdingMinor", withholding(payout.amountMinor))
                                .with("feeMinor", rules.payoutFeeMinor())
                        : event,
                new Facts("done").with("status", status),
                () -> {
                    account.events++;
                    payout.status = status;
                    payout.by = decide.by();
                    if (!decide.approve()) {
                        account.available += payout.diamonds;
                        account.reserved -= payout.diamonds;
                        account.micros += payout.amountMinor * 10_000;
                    }
                    return List.of();
                });
    }

    Facts hold(HoldPayouts hold) {
        Account account = account(hold.creator());
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

    /** Claims what is approved and not held, then sends each, until a commit gets no answer. */
    Facts batch(SendBatch send) {
        List<Name> claimed = new ArrayList<>();
        payouts.forEach(
                (name, payout) -> {
                    if (payout.status.equals("approved")
                            && payout.batch == null
                            && !account(payout.creator).isHeld) {
                        claimed.add(name);
                    }
                });
        if (claimed.isEmpty()) {
            return new Facts("nothing-to-pay");
        }
        Name batch = journal.named("batch");
        Facts event =
                new Facts("payout-batch-created").with("batch", batch).with("by", send.caller());
        for (int i = 0; i < claimed.size(); i++) {
            event = event.with("payout " + i, claimed.get(i));
        }
        Facts answer =
                journal.append(
                        send,
                        "batch " + batch.text(),
                        0,
                        event,
                        Economy.done()
                                .with("batch", batch)
                                .with("payouts", claimed.size())
                                .with("status", "sent"),
                        () -> {
                            claimed.forEach(name -> payout(name).batch = batch);
                            return List.of();
                        });
        return answer.equals(Facts.OUTCOME_UNKNOWN) ? answer : sendAll(batch, answer);
    }

    private Payout payout(Name name) {
        return Objects.requireNonNull(payouts.get(name));
    }

    /** Sends what is left of a batch; its answer counts when all of it is sent. */
    Facts finishThen(Facts answer) {
        return answer.values().get("batch") instanceof Name batch ? sendAll(batch, answer) : answer;
    }

    /** Sends what is left of all batches, the oldest first. */
    Facts finish() {
        Facts done = new Facts("done");
        List<Name> batches =
                payouts.values().stream().map(each -> each.batch).filter(Objects::nonNull).toList();
        for (Name batch :
                batches.stream().sorted(Comparator.comparingInt(Payroll::number)).toList()) {
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
        for (var each : payouts.entrySet()) {
            Payout payout = each.getValue();
            if (batch.equals(payout.batch)
                    && payout.status.equals("approved")
                    && send(each.getKey(), payout, batch).equals(Facts.OUTCOME_UNKNOWN)) {
                return Facts.OUTCOME_UNKNOWN;
            }
        }
        return answer;
    }

    private Facts send(Name name, Payout payout, Name batch) {
        Account account = account(payout.creator);
        return journal.append(
                null,
                "creator " + payout.creator,
                account.events,
                new Facts("payout-sent")
                        .with("creator", payout.creator)
                        .with("payout", name)
                        .with("batch", batch)
                        .with("diamonds", payout.diamonds)
                        .with("amountMinor", payout.amountMinor)
                        .with("withholdingMinor", withholding(payout.amountMinor))
                        .with("feeMinor", rules.payoutFeeMinor()),
                new Facts("done"),
                () -> {
                    account.events++;
                    account.reserved -= payout.diamonds;
                    payout.status = "sent";
                    return List.of();
                });
    }
}
