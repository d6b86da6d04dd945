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
        return Map.of(
                "earningsHold", rules.earningsHold().toString(),
                "sendsPerSecond", Integer.toString(rules.sendsPerSecond()),
                "coinsPerDay", Long.toString(rules.coinsPerDay()),
                "comboWindow", rules.comboWindow().toString(),
                "limitRaiseDelay", rules.limitRaiseDelay().toString(),
                "priceLead", rules.priceLead().toString(),
                "creatorShareBps", Integer.toString(rules.creatorShareBps()),
                "liveGrace", grace.toString());
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
