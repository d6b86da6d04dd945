package dev.confetti.demo.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.demo.api.Gift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrowdScriptTest {
    private static final int MINUTES = 30;

    /** Prices from 1 to about 30,000, each 15% above the last. */
    private static final List<Gift> GIFTS =
            IntStream.range(0, 74)
                    .mapToObj(i -> new Gift("g" + i, "Gift " + i, Math.round(Math.pow(1.15, i))))
                    .toList();

    private static List<PlannedSend> play(long seed) {
        Random random = new Random(seed);
        CrowdScript script = new CrowdScript(Person.crowd("v", 40, random), GIFTS, 3, random);
        List<PlannedSend> sends = new ArrayList<>();
        for (PlannedSend next = script.next();
                next.atMs() < MINUTES * 60_000;
                next = script.next()) {
            sends.add(next);
        }
        return sends;
    }

    @Test
    void theSeedAloneDecides() {
        assertThat(play(5)).isEqualTo(play(5)).isNotEqualTo(play(6));
    }

    @Test
    void isLivelyButNotAStorm() {
        for (long seed = 1; seed <= 5; seed++) {
            List<PlannedSend> sends = play(seed);
            assertThat(sends.size() / (MINUTES * 60.0))
                    .as("sends a second, seed %d", seed)
                    .isBetween(2.5, 3.5);
            assertThat(sends)
                    .as("seed %d", seed)
                    .isSortedAccordingTo(Comparator.comparingLong(PlannedSend::atMs));
        }
    }

    @Test
    void mostGiftsAreCheapAndFewAreDear() {
        List<PlannedSend> sends = play(1);
        double count = sends.size();
        assertThat(sends.stream().filter(s -> s.gift().coins() <= 10).count() / count)
                .isBetween(0.7, 0.97);
        long dear = sends.stream().filter(s -> s.gift().coins() >= 1000).count();
        assertThat(dear / count).isBetween(0.0005, 0.03);
    }

    @Test
    void nobodySpendsMoreThanTheirKind() {
        Random random = new Random(1);
        List<Person> crowd = Person.crowd("v", 40, random);
        CrowdScript script = new CrowdScript(crowd, GIFTS, 3, random);
        for (int i = 0; i < 5000; i++) {
            PlannedSend send = script.next();
            assertThat(send.gift().coins()).isLessThanOrEqualTo(crowd.get(send.person()).most());
        }
    }

    @Test
    void burstsAreOfOnePersonAndOneGiftInQuickSuccession() {
        Map<Long, List<PlannedSend>> bursts =
                play(1).stream().collect(Collectors.groupingBy(PlannedSend::burst));
        List<List<PlannedSend>> combos =
                bursts.values().stream().filter(b -> b.size() > 1).toList();
        assertThat(combos).hasSizeGreaterThan(100);
        for (List<PlannedSend> combo : combos) {
            assertThat(combo.stream().map(PlannedSend::person).distinct()).hasSize(1);
            assertThat(combo.stream().map(PlannedSend::gift).distinct()).hasSize(1);
            for (int i = 1; i < combo.size(); i++) {
                assertThat(combo.get(i).atMs() - combo.get(i - 1).atMs()).isBetween(220L, 620L);
            }
        }
    }

    @Test
    void twoBigSpendersRaceNowAndThen() {
        // In a race dear gifts of two people alternate: within 30 s each sends two or more above
        // 100 coins.
        Map<Long, Map<Integer, Long>> dearByWindow = new HashMap<>();
        for (PlannedSend send : play(1)) {
            if (send.gift().coins() > 100) {
                dearByWindow
                        .computeIfAbsent(send.atMs() / 30_000, w -> new HashMap<>())
                        .merge(send.person(), 1L, Long::sum);
            }
        }
        long races =
                dearByWindow.values().stream()
                        .filter(people -> people.values().stream().filter(n -> n >= 2).count() >= 2)
                        .count();
        assertThat(races).isGreaterThanOrEqualTo(5);
    }

    @Test
    void namesAreDistinctAndIdsFitTheContract() {
        List<Person> crowd = Person.crowd("demo-viewer-1-", 150, new Random(1));
        assertThat(crowd.stream().map(Person::name)).doesNotHaveDuplicates();
        assertThat(crowd.stream().map(Person::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Za-z0-9_-]{1,64}"));
    }
}
