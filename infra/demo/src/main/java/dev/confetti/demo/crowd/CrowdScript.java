package dev.confetti.demo.crowd;

import dev.confetti.demo.api.Gift;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What the crowd is going to do, without end: single gifts, bursts that become combos, and races in
 * which two big spenders outbid each other. Decided by the seed alone. Not thread-safe.
 */
final class CrowdScript {
    /** The share of acts that are bursts, in percent. */
    private static final int BURST_PERCENT = 30;

    private static final int SHORTEST_BURST = 3;
    private static final int LONGEST_BURST = 11;
    private static final long SHORTEST_GAP_MS = 220;
    private static final long LONGEST_GAP_MS = 620;

    /** Sends that an act brings on average: 70% one, 30% three to eleven. */
    private static final double SENDS_PER_ACT = 0.7 + 0.3 * (SHORTEST_BURST + LONGEST_BURST) / 2;

    /** How long the mood takes from calm to wild and back. */
    private static final long MOOD_MS = 70_000;

    private static final long FIRST_RACE_MS = 25_000;
    private static final long RACE_EVERY_MS = 90_000;

    private final List<Person> crowd;
    private final List<Gift> byPrice;
    private final int[] eagernessSums;
    private final int[] bigSpenders;
    private final double actsPerMs;
    private final Random random;
    private final PriorityQueue<PlannedSend> planned =
            new PriorityQueue<>(
                    Comparator.comparingLong(PlannedSend::atMs)
                            .thenComparingLong(PlannedSend::burst));
    private long nextActMs;
    private long nextRaceMs = FIRST_RACE_MS;
    private long bursts;

    /**
     * @param gifts the catalogue; must not be empty
     * @param sendsPerSecond on average over some minutes
     */
    CrowdScript(List<Person> crowd, List<Gift> gifts, double sendsPerSecond, Random random) {
        if (crowd.isEmpty() || gifts.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected people and gifts, got "
                            + crowd.size()
                            + " people and "
                            + gifts.size()
                            + " gifts");
        }
        this.crowd = crowd;
        this.byPrice =
                gifts.stream()
                        .sorted(Comparator.comparingLong(Gift::coins).thenComparing(Gift::giftId))
                        .toList();
        this.eagernessSums = new int[crowd.size()];
        int sum = 0;
        for (int i = 0; i < crowd.size(); i++) {
            sum += crowd.get(i).eagerness();
            eagernessSums[i] = sum;
        }
        this.bigSpenders =
                IntStream.range(0, crowd.size()).filter(i -> crowd.get(i).most() > 1000).toArray();
        this.actsPerMs = sendsPerSecond / SENDS_PER_ACT / 1000;
        this.random = random;
    }

    /** The next send; times never decrease. */
    PlannedSend next() {
        while (planned.isEmpty() || planned.peek().atMs() > Math.min(nextActMs, nextRaceMs)) {
            if (nextRaceMs <= nextActMs) {
                race(nextRaceMs);
                nextRaceMs += RACE_EVERY_MS + random.nextInt(30_000);
            } else {
                act(nextActMs);
                nextActMs += untilNextActMs(nextActMs);
            }
        }
        return planned.remove();
    }

    /** Exponential gaps, shorter while the mood is high. */
    private long untilNextActMs(long atMs) {
        double mood = 1 + 0.6 * Math.sin(2 * Math.PI * atMs / MOOD_MS);
        return 1 + (long) (-Math.log(1 - random.nextDouble()) / (actsPerMs * mood));
    }

    private void act(long atMs) {
        int person = drawPerson();
        long most = crowd.get(person).most();
        long burst = ++bursts;
        if (random.nextInt(100) >= BURST_PERCENT) {
            Gift gift = drawGift(most);
            int quantity =
                    gift.coins() <= 10 && random.nextInt(8) == 0 ? 5 * (1 + random.nextInt(4)) : 1;
            planned.add(new PlannedSend(atMs, person, gift, quantity, burst));
            return;
        }
        Gift gift = drawGift(Math.min(most, 50));
        int count = SHORTEST_BURST + random.nextInt(LONGEST_BURST - SHORTEST_BURST + 1);
        long at = atMs;
        for (int i = 0; i < count; i++) {
            planned.add(new PlannedSend(at, person, gift, 1, burst));
            at += SHORTEST_GAP_MS + random.nextLong(LONGEST_GAP_MS - SHORTEST_GAP_MS);
        }
    }

    /** Two big spenders take turns, each gift dearer than the last. */
    private void race(long atMs) {
        if (bigSpenders.length < 2) {
            return;
        }
        int first = random.nextInt(bigSpenders.length);
        int second = (first + 1 + random.nextInt(bigSpenders.length - 1)) % bigSpenders.length;
        int turns = 5 + random.nextInt(4);
        long at = atMs;
        long price = 60;
        for (int turn = 0; turn < turns; turn++) {
            int person = bigSpenders[turn % 2 == 0 ? first : second];
            Gift gift = near(Math.min(price, crowd.get(person).most()));
            planned.add(new PlannedSend(at, person, gift, 1, ++bursts));
            at += 1200 + random.nextInt(2200);
            price = price * 9 / 5;
        }
    }

    private int drawPerson() {
        int draw = random.nextInt(eagernessSums[eagernessSums.length - 1]);
        int person = 0;
        while (eagernessSums[person] <= draw) {
            person++;
        }
        return person;
    }

    /**
     * A price as people choose it (each tenfold is about six times rarer), then a gift of about
     * that price.
     */
    private Gift drawGift(long most) {
        double price = Math.pow(1 - random.nextDouble(), -1 / 0.78);
        return near((long) Math.min(price, (double) most));
    }

    /**
     * One of the gifts that cost about so much, and no more; the cheapest when nothing is that
     * cheap.
     */
    private Gift near(long coins) {
        int above = 0;
        while (above < byPrice.size() && byPrice.get(above).coins() <= coins) {
            above++;
        }
        if (above == 0) {
            return byPrice.getFirst();
        }
        long dearest = byPrice.get(above - 1).coins();
        int from = above - 1;
        while (from > 0 && byPrice.get(from - 1).coins() * 2 > dearest) {
            from--;
        }
        return byPrice.get(from + random.nextInt(above - from));
    }
}
