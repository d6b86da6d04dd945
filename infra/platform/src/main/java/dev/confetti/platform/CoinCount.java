package dev.confetti.platform;

import dev.confetti.events.CoinEvent;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent;
import dev.confetti.events.FinanceEvent;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.LiveEvent;
import dev.confetti.events.LogReader;
import dev.confetti.events.PersonEvent;
import dev.confetti.ledger.LedgerState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each viewer has left, by a plain sum over the log that knows no posting rules. */
final class CoinCount {
    /** Per viewer, paid coins and promo coins. */
    private final Map<String, long[]> left = new TreeMap<>();

    private long came;
    private long spent;

    private CoinCount() {}

    static CoinCount of(LogReader log, long upTo) throws SQLException {
        CoinCount count = new CoinCount();
        // A log that ends early is the verifier's to name.
        log.readUpTo(upTo, row -> count.add(row.event()));
        return count;
    }

    /** Where the ledger's viewer accounts say something else. */
    List<String> differences(LedgerState ledger) {
        Map<String, long[]> booked = new TreeMap<>();
        ledger.accounts()
                .forEach(
                        (account, totals) -> {
                            String[] path = account.code().split(":", -1);
                            if (path.length == 4 && path[0].equals("viewer")) {
                                long[] coins = booked.computeIfAbsent(path[1], id -> new long[2]);
                                long balance =
                                        Math.subtractExact(totals.credits(), totals.debits());
                                coins[path[3].equals("promo") ? 1 : 0] += balance;
                            }
                        });
        List<String> differences = new ArrayList<>();
        left.forEach(
                (viewer, coins) -> {
                    long[] has = booked.getOrDefault(viewer, new long[2]);
                    if (has[0] != coins[0] || has[1] != coins[1]) {
                        differences.add(
                                "viewer %s: the log says %d paid and %d promo coins, the ledger %d and %d"
                                        .formatted(viewer, coins[0], coins[1], has[0], has[1]));
                    }
                });
        booked.keySet().stream()
                .filter(viewer -> !left.containsKey(viewer))
                .forEach(viewer -> differences.add("viewer " + viewer + ": unknown to the log"));
        return differences;
    }

    @Override
    public String toString() {
        return "%d viewers, %d coins came, %d spent".formatted(left.size(), came, spent);
    }

    private void add(ConfettiEvent event) {
        switch (event) {
            case CoinEvent.CoinsPurchased purchased ->
                    move(purchased.viewerId(), purchased.lotCoins(), 0);
            case CoinEvent.CoinsGranted granted -> move(granted.viewerId(), 0, granted.coins());
            // A debt is coins below 0, frozen ones are still the viewer's.
            case CoinEvent.PurchaseRefunded refunded ->
                    move(refunded.viewerId(), -refunded.coinsTaken() - refunded.coinsOwed(), 0);
            case CoinEvent.CoinDebtRecovered recovered ->
                    move(recovered.viewerId(), recovered.promoCoins(), -recovered.promoCoins());
            case CoinEvent.ChargebackOpened _, CoinEvent.ChargebackWon _ -> {}
            case CoinEvent.ChargebackLost lost ->
                    move(
                            lost.viewerId(),
                            -lost.frozenCoins() - lost.coinsTaken() - lost.coinsOwed(),
                            0);
            case CoinEvent.WalletBlocked _,
                    CoinEvent.WalletUnblocked _,
                    CoinEvent.SpendingLimitSet _,
                    CreatorEvent _,
                    FinanceEvent _,
                    LiveEvent _,
                    PersonEvent _ -> {}
            case GiftEvent.GiftSent sent ->
                    move(sent.viewerId(), sent.promoCoins() - sent.coins(), -sent.promoCoins());
            case GiftEvent.GiftReversed back ->
                    move(
                            back.viewerId(),
                            back.coins()
                                    - back.promoCoins()
                                    - back.closedCoins()
                                    + back.debtLowered(),
                            back.promoCoins());
        }
    }

    private void move(String viewer, long paid, long promo) {
        long[] coins = left.computeIfAbsent(viewer, id -> new long[2]);
        coins[0] = Math.addExact(coins[0], paid);
        coins[1] = Math.addExact(coins[1], promo);
        long change = Math.addExact(paid, promo);
        if (change > 0) {
            came = Math.addExact(came, change);
        } else {
            spent = Math.subtractExact(spent, change);
        }
    }
}
