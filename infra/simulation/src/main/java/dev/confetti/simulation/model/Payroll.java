package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.DecidePayout;
import dev.confetti.simulation.model.Command.RequestPayout;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
            return payout.status.equals(status) && payout.by.equals(decide.by())
                    ? new Facts("done").with("status", status)
                    : new Facts("payout-not-requested");
        }
        if (payout.creator.equals(decide.by())) {
            return new Facts("same-person");
        }
        Account account = account(payout.creator);
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
}
