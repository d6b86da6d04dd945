package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Account.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What creators earned: held, then released. */
final class Payroll {
    private final Rules rules;
    private final Journal journal;
    private final SortedMap<String, Account> accounts = new TreeMap<>();

    Payroll(Rules rules, Journal journal) {
        this.rules = rules;
        this.journal = journal;
    }

    Account account(String creator) {
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

    /** What a gift is worth since the last revaluation; null while it is what it was. */
    @Nullable String revalued(SentGift gift) {
        Account account = account(gift.creator);
        return gift.position <= account.revaluedThrough
                ? account.currencyOf(gift) + " " + account.worthOf(gift)
                : null;
    }

    void reversed(SentGift gift) {
        Account account = account(gift.creator);
        if (isReleased(gift)) {
            account.available -= gift.diamonds;
            account.addWorth(account.currencyOf(gift), -account.worthOf(gift));
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
        SortedMap<String, Long> amounts = new TreeMap<>();
        over.forEach(
                each ->
                        amounts.merge(
                                account.currencyOf(each.gift()),
                                each.gift().reversed ? 0 : account.worthOf(each.gift()),
                                Long::sum));
        Facts event =
                new Facts("earnings-released")
                        .with("creator", creator)
                        .with("diamonds", diamonds)
                        .with("fromPosition", over.getFirst().gift().position)
                        .with("throughPosition", through)
                        .with("countedThrough", head);
        for (var amount : amounts.entrySet()) {
            event = event.with(amount.getKey(), amount.getValue());
        }
        return journal.append(
                null,
                "creator " + creator,
                account.events,
                event,
                new Facts("done"),
                () -> {
                    account.events++;
                    amounts.forEach(account::addWorth);
                    account.held.removeAll(over);
                    account.releasedThrough = through;
                    account.pending -= diamonds;
                    account.available += diamonds;
                    return List.of();
                });
    }

    SortedMap<String, Account> accounts() {
        return accounts;
    }

    /** What creators' diamonds are worth: by creator, state and currency, in 0.000001. */
    SortedMap<String, Long> worths() {
        SortedMap<String, Long> worths = new TreeMap<>();
        accounts.forEach(
                (creator, account) -> {
                    account.pendingWorth()
                            .forEach(
                                    (currency, micros) ->
                                            worths.put(creator + " pending " + currency, micros));
                    account.worth.forEach(
                            (currency, micros) ->
                                    worths.put(creator + " available " + currency, micros));
                });
        return worths;
    }

    /** Diamonds of each creator, pending, available, reserved and redeemed. */
    SortedMap<String, List<Long>> diamonds() {
        SortedMap<String, List<Long>> diamonds = new TreeMap<>();
        accounts.forEach(
                (creator, account) ->
                        diamonds.put(
                                creator,
                                List.of(
                                        account.pending,
                                        account.available,
                                        account.reserved,
                                        account.redeemed)));
        return diamonds;
    }
}
