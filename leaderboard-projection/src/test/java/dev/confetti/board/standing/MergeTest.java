package dev.confetti.board.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final List<List<Score>> PARTS =
            List.of(
                    List.of(new Score("a", 9, 1), new Score("d", 5, 7)),
                    List.of(),
                    List.of(new Score("b", 9, 2), new Score("c", 5, 3), new Score("e", 1, 4)));

    @Test
    void theFirstAreTheHighestAndAmongEqualsWhoWasEarlier() {
        assertThat(Merge.first(PARTS, 3).stream().map(Score::member))
                .containsExactly("a", "b", "c");
        assertThat(Merge.first(PARTS, 9).stream().map(Score::member))
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(Merge.first(PARTS, 0)).isEmpty();
    }

    @Test
    void theLastAreTheLowestHighestFirst() {
        assertThat(Merge.last(PARTS, 3).stream().map(Score::member)).containsExactly("c", "d", "e");
        assertThat(Merge.last(PARTS, 9).stream().map(Score::member))
                .containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void isAsIfAllWereSorted() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<List<Score>> parts = new ArrayList<>();
        List<Score> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            List<Score> part = new ArrayList<>();
            for (int j = random.nextInt(12); j > 0; j--) {
                part.add(new Score("m" + all.size(), 1 + random.nextInt(5), all.size()));
                all.add(part.getLast());
            }
            part.sort(Score.BY_RANK);
            parts.add(part);
        }
        all.sort(Score.BY_RANK);
        int most = Math.min(10, all.size());
        assertThat(Merge.first(parts, most)).as("seed %d", seed).isEqualTo(all.subList(0, most));
        assertThat(Merge.last(parts, most))
                .as("seed %d", seed)
                .isEqualTo(all.subList(all.size() - most, all.size()));
    }
}
