package dev.confetti.ledger.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FirstInFirstOutTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** What is left of amounts, oldest first, each as its place and what of it is open. */
    private static List<String> settled(long... amounts) {
        List<OpenItem> items = new ArrayList<>();
        for (long amount : amounts) {
            long place = items.size() + 1L;
            items.add(new OpenItem(new UUID(0, place), place, BEGIN.plusSeconds(place), amount));
        }
        return FirstInFirstOut.settle(items).stream()
                .map(item -> item.entryId() + " " + item.amount())
                .toList();
    }

    @Test
    void theOldestAreSettledFirst() {
        assertThat(settled(5, 3, -4)).containsExactly("1 1", "2 3");
        assertThat(settled(5, 3, -6)).containsExactly("2 2");
        assertThat(settled(-6, 5, 3)).containsExactly("3 2");
        assertThat(settled(5, -4, 3, -3)).containsExactly("3 1");
    }

    @Test
    void itIsTheSameOnTheOtherSide() {
        assertThat(settled(-5, -3, 4)).containsExactly("1 -1", "2 -3");
        assertThat(settled(-5, -3, 6)).containsExactly("2 -2");
        assertThat(settled(6, -5, -3)).containsExactly("3 -2");
    }

    @Test
    void nothingIsLeftWhereBothSidesAreEqual() {
        assertThat(settled(5, -3, -2)).isEmpty();
        assertThat(settled()).isEmpty();
    }

    @Test
    void oneSideAloneStaysAsItIs() {
        assertThat(settled(5, 3)).containsExactly("1 5", "2 3");
        assertThat(settled(-5, -3)).containsExactly("1 -5", "2 -3");
    }
}
