package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.EndLive;
import dev.confetti.simulation.model.Command.Forget;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Of whom something is known, and who was forgotten. */
final class People {
    /** Events whose texts concern their viewer or creator. */
    private static final Set<String> WITH_TEXTS =
            Set.of(
                    "coins-granted",
                    "wallet-blocked",
                    "wallet-unblocked",
                    "purchase-refunded",
                    "gift-reversed",
                    "live-created",
                    "payout-requested",
                    "payout-rejected",
                    "payout-withdrawn",
                    "payout-resolution-requested",
                    "payouts-held",
                    "payouts-resumed");

    private static final int RECORDS_KEPT_YEARS = 10;

    private final Journal journal;
    private final Lives lives;
    private final Till till;
    private final Gifts gifts;
    private final Payouts payouts;
    private final Map<String, Instant> forgottenAt = new HashMap<>();
    private final Map<String, Long> timesForgotten = new HashMap<>();
    private final Set<Payout> lockedRecords = new HashSet<>();

    People(Journal journal, Lives lives, Till till, Gifts gifts, Payouts payouts) {
        this.journal = journal;
        this.lives = lives;
        this.till = till;
        this.gifts = gifts;
        this.payouts = payouts;
    }

    Facts forget(Forget forget, int instance) {
        String person = forget.person();
        long openPayouts = payouts.all().stream().filter(each -> isOpen(each, person)).count();
        if (openPayouts > 0) {
            return new Facts("payouts-open").with("openPayouts", openPayouts);
        }
        long openDisputes = till.openDisputes(person);
        if (openDisputes > 0) {
            return new Facts("disputes-open").with("openDisputes", openDisputes);
        }
        for (Name live : lives.openOf(person)) {
            if (lives.end(new EndLive(live, true), instance).equals(Facts.OUTCOME_UNKNOWN)) {
                return Facts.OUTCOME_UNKNOWN;
            }
        }
        if (!isKnown(person)) {
            return shown(person);
        }
        Facts noAnswer =
                journal.append(
                        null,
                        "person " + person,
                        timesForgotten.getOrDefault(person, 0L),
                        new Facts("person-forgotten")
                                .with("person", person)
                                .with("by", forget.by()),
                        new Facts("done"),
                        () -> {
                            forgotten(person);
                            return List.of();
                        });
        return journal.isAnswered() ? shown(person) : noAnswer;
    }

    private static boolean isOpen(Payout payout, String person) {
        return payout.creator.equals(person)
                && Set.of("requested", "approved", "sent").contains(payout.status);
    }

    private void forgotten(String person) {
        forgottenAt.merge(
                person, journal.now(), (before, now) -> now.isAfter(before) ? now : before);
        timesForgotten.merge(person, 1L, Long::sum);
        journal.forget(person);
        payouts.all().stream()
                .filter(each -> each.creator.equals(person))
                .filter(each -> Set.of("settled", "returned").contains(each.status))
                .forEach(lockedRecords::add);
    }

    private boolean isKnown(String person) {
        long since = journal.forgottenThrough(person);
        return journal.log().stream()
                        .skip(since)
                        .filter(event -> WITH_TEXTS.contains(event.what()))
                        .anyMatch(
                                event ->
                                        person.equals(event.values().get("viewer"))
                                                || isOfCreator(event, person))
                || gifts.hasOwnCombo(person, since);
    }

    /** A gift's event has a creator as well, but its texts are its viewer's. */
    private static boolean isOfCreator(Facts event, String person) {
        return !event.values().containsKey("viewer")
                && person.equals(event.values().get("creator"));
    }

    private Facts shown(String person) {
        List<Payout> kept = new ArrayList<>();
        for (Payout payout : lockedRecords) {
            if (payout.creator.equals(person)) {
                kept.add(payout);
            }
        }
        return new Facts("done")
                .with("person", person)
                .with("forgottenAt", forgottenAt.get(person))
                .with("recordsKept", kept.size())
                .with("keptUntil", keptUntil(kept));
    }

    private static @Nullable Instant keptUntil(List<Payout> kept) {
        return kept.stream()
                .map(payout -> payout.settledAt.atZone(ZoneOffset.UTC).getYear())
                .max(Integer::compare)
                .map(year -> Instant.parse((year + 1 + RECORDS_KEPT_YEARS) + "-01-01T00:00:00Z"))
                .orElse(null);
    }
}
