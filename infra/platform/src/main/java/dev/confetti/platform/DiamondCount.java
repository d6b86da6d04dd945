package dev.confetti.platform;

import dev.confetti.events.CoinEvent;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutMoved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutResolutionRequested;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.PayoutsHeld;
import dev.confetti.events.CreatorEvent.PayoutsResumed;
import dev.confetti.events.Diamonds;
import dev.confetti.events.FinanceEvent;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent;
import dev.confetti.events.LogReader;
import dev.confetti.events.PersonEvent;
import dev.confetti.ledger.LedgerState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What each creator earned, by a plain sum over the log that knows no posting rules. */
final class DiamondCount {
    private static final List<String> KINDS = List.of("pending", "available", "reserved");
    private static final String SHOWN =
            """
            select b.position, c.creator_id, c.pending, c.available, c.reserved
            from domain.earnings_book b left join domain.creator_earnings c on true
            """;

    /** Per creator, pending, available and reserved diamonds in 0.0001. */
    private final Map<String, long[]> earned = new TreeMap<>();

    private final long position;

    private DiamondCount(long position) {
        this.position = position;
    }

    static DiamondCount of(LogReader log, long upTo) throws SQLException {
        DiamondCount count = new DiamondCount(upTo);
        // A log that ends early is the verifier's to name.
        log.readUpTo(upTo, row -> count.add(row.event()));
        return count;
    }

    /**
     * What creators are shown, as the service added it up, against a sum up to the same position.
     *
     * @return the differences, none when all is the same
     */
    static Compared shown(DataSource database, LogReader log) throws SQLException {
        long position = 0;
        Map<String, long[]> shown = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(SHOWN);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                position = row.getLong(1);
                String creator = row.getString(2);
                if (creator != null) {
                    shown.put(creator, new long[] {row.getLong(3), row.getLong(4), row.getLong(5)});
                }
            }
        }
        DiamondCount count = of(log, position);
        return new Compared(
                count.differences(shown, "the service shows"),
                "%d creators, up to position %d".formatted(shown.size(), position));
    }

    /**
     * A comparison.
     *
     * @param differences one line each
     * @param what was compared
     */
    record Compared(List<String> differences, String what) {}

    /** Where the ledger's creator accounts say something else. */
    List<String> differences(LedgerState ledger) {
        Map<String, long[]> booked = new TreeMap<>();
        ledger.accounts()
                .forEach(
                        (account, totals) -> {
                            String[] path = account.code().split(":", -1);
                            if (path.length == 4 && path[0].equals("creator")) {
                                long[] diamonds =
                                        booked.computeIfAbsent(path[1], id -> new long[3]);
                                diamonds[KINDS.indexOf(path[3])] +=
                                        Math.subtractExact(totals.credits(), totals.debits());
                            }
                        });
        return differences(booked, "the ledger has");
    }

    private List<String> differences(Map<String, long[]> others, String who) {
        List<String> differences = new ArrayList<>();
        earned.forEach(
                (creator, diamonds) -> {
                    long[] other = others.getOrDefault(creator, new long[3]);
                    if (!Arrays.equals(diamonds, other)) {
                        differences.add(
                                "creator %s: pending, available and reserved diamonds are %s by the log, %s %s"
                                        .formatted(creator, text(diamonds), who, text(other)));
                    }
                });
        others.keySet().stream()
                .filter(creator -> !earned.containsKey(creator))
                .forEach(creator -> differences.add("creator " + creator + ": unknown to the log"));
        return differences;
    }

    private static String text(long[] amounts) {
        return Arrays.stream(amounts).mapToObj(Diamonds::new).toList().toString();
    }

    @Override
    public String toString() {
        return "%d creators, up to position %d".formatted(earned.size(), position);
    }

    private void add(ConfettiEvent event) {
        switch (event) {
            case GiftSent sent -> move(sent.creatorId(), sent.diamonds().tenThousandths(), 0, 0);
            case GiftReversed back -> {
                long diamonds = back.diamonds().tenThousandths();
                move(
                        back.creatorId(),
                        back.earningsReleased() ? 0 : -diamonds,
                        back.earningsReleased() ? -diamonds : 0,
                        0);
            }
            case EarningsReleased released -> {
                long diamonds = released.diamonds().tenThousandths();
                move(released.creatorId(), -diamonds, diamonds, 0);
            }
            case PayoutRequested requested -> {
                long diamonds = requested.diamonds().tenThousandths();
                move(requested.creatorId(), 0, -diamonds, diamonds);
            }
            case PayoutRejected rejected -> giveBackReserved(rejected);
            case PayoutWithdrawn withdrawn -> giveBackReserved(withdrawn);
            case PayoutSent sent -> {
                long diamonds = sent.diamonds().tenThousandths();
                move(sent.creatorId(), 0, 0, -diamonds);
            }
            case PayoutFailed failed ->
                    move(failed.creatorId(), 0, failed.diamonds().tenThousandths(), 0);
            case PayoutReturned returned ->
                    move(returned.creatorId(), 0, returned.diamonds().tenThousandths(), 0);
            // A creator may be held who never earned anything.
            case PayoutsHeld held -> move(held.creatorId(), 0, 0, 0);
            case PayoutsResumed resumed -> move(resumed.creatorId(), 0, 0, 0);
            // The same diamonds, worth something else.
            case EarningsRevalued _,
                    PayoutApproved _,
                    PayoutResolutionRequested _,
                    PayoutSettled _ -> {}
            case CoinEvent _, FinanceEvent _, LiveEvent _, PersonEvent _ -> {}
        }
    }

    private void giveBackReserved(PayoutMoved event) {
        long diamonds = event.diamonds().tenThousandths();
        move(event.creatorId(), 0, diamonds, -diamonds);
    }

    private void move(String creator, long pending, long available, long reserved) {
        long[] diamonds = earned.computeIfAbsent(creator, id -> new long[3]);
        diamonds[0] = Math.addExact(diamonds[0], pending);
        diamonds[1] = Math.addExact(diamonds[1], available);
        diamonds[2] = Math.addExact(diamonds[2], reserved);
    }
}
