package dev.confetti.simulation.world;

import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.gift.catalogue.Gift;
import dev.confetti.gift.purchase.CoinPackage;
import dev.confetti.gift.purchase.Money;
import dev.confetti.simulation.model.Rules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The model's rules as the service is told them.
 *
 * @param snapshotEvery how many events of a wallet lie between two snapshots
 */
record Settings(Rules rules, int snapshotEvery, HikariDataSource calmPool) {
    Map<String, String> policies() {
        Duration grace = rules.awayTakesGifts() ? Duration.ofDays(1) : Duration.ZERO;
        return Map.ofEntries(
                Map.entry("earningsHold", rules.earningsHold().toString()),
                Map.entry("payoutMinimumDiamonds", Long.toString(rules.payoutMinimum())),
                Map.entry("payoutFeeMinor", Long.toString(rules.payoutFeeMinor())),
                Map.entry("unstatedChargesMinor", "7"),
                Map.entry("withholdingBps", Integer.toString(rules.withholdingBps())),
                Map.entry("sendsPerSecond", Integer.toString(rules.sendsPerSecond())),
                Map.entry("coinsPerDay", Long.toString(rules.coinsPerDay())),
                Map.entry("comboWindow", rules.comboWindow().toString()),
                Map.entry("limitRaiseDelay", rules.limitRaiseDelay().toString()),
                Map.entry("priceLead", rules.priceLead().toString()),
                Map.entry("creatorShareBps", Integer.toString(rules.creatorShareBps())),
                Map.entry("liveGrace", grace.toString()));
    }

    List<Gift> gifts() {
        return new TreeMap<>(rules.gifts())
                .entrySet().stream()
                        .map(
                                each ->
                                        new Gift(
                                                each.getKey(),
                                                each.getValue().name(),
                                                each.getValue().coins(),
                                                each.getValue().tier(),
                                                1_000))
                        .toList();
    }

    List<CoinPackage> packages() {
        return new TreeMap<>(rules.packages())
                .entrySet().stream()
                        .map(
                                each ->
                                        new CoinPackage(
                                                each.getKey(),
                                                each.getValue().coins(),
                                                each.getValue().bonusCoins(),
                                                new Money(each.getValue().priceMinor(), "USD")))
                        .toList();
    }
}
