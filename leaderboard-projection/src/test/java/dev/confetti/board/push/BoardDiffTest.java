package dev.confetti.board.push;

import static dev.confetti.board.push.Views.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.board.view.BoardView.Place;
import dev.confetti.board.view.BoardView.Standing;
import dev.confetti.board.view.BoardViews.Versioned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoardDiffTest {
    @Test
    void aLineWithMoreCoinsIsTakenOutAndPutWhereItNowStands() {
        BoardChanges changes =
                changes(Views.of(7, 1, "a:9", "b:8", "c:7"), Views.of(8, 1, "a:9", "c:9", "b:8"));

        assertThat(changes.board()).isEqualTo("gifters/week");
        assertThat(changes.window()).isEqualTo("2099-W47");
        assertThat(changes.asOf()).isEqualTo("position:8");
        assertThat(changes.first()).isEqualTo(1);
        assertThat(changes.removed()).containsExactly(2);
        assertThat(lines(changes.standings())).containsExactly("2 c 9");
    }

    @Test
    void aNewLineAtTheTopLeavesThoseBelowUnsaid() {
        BoardChanges changes =
                changes(Views.of(7, 1, "a:9", "b:8", "c:7"), Views.of(8, 1, "d:10", "a:9", "b:8"));

        assertThat(changes.removed()).containsExactly(2);
        assertThat(lines(changes.standings())).containsExactly("1 d 10");
    }

    @Test
    void onlyTheFewestLinesThatChangedPlacesAreSaid() {
        // a and b cannot stay with e, c, d in their order: three stay, two are moved.
        BoardChanges changes =
                changes(
                        Views.of(7, 1, "a:5", "b:5", "c:5", "d:5", "e:5"),
                        Views.of(8, 1, "c:5", "d:5", "a:5", "e:5", "b:5"));

        assertThat(changes.removed()).containsExactly(0, 1);
        assertThat(lines(changes.standings())).containsExactly("3 a 5", "5 b 5");
    }

    @Test
    void aViewThatMovesDownTheBoardIsOnlyNumberedAnew() {
        BoardChanges changes = changes(Views.of(7, 4, "a:5", "b:4"), Views.of(8, 5, "a:5", "b:4"));

        assertThat(changes.first()).isEqualTo(5);
        assertThat(changes.removed()).isEmpty();
        assertThat(changes.standings()).isEmpty();
    }

    @Test
    void aPlaceThatChangedIsSaidAlone() {
        Place place = new Place("a", 2, 5L, 7L);
        Versioned before = Views.of("w", 7, 2, new Place("a", 2, 5L, 3L), "a:5");
        BoardChanges changes = changes(before, Views.of("w", 8, 2, place, "a:5"));

        assertThat(changes.place()).isEqualTo(place);
        assertThat(changes.standings()).isEmpty();
    }

    @Test
    void whoHidesIsStillKnownByItsLine() {
        // Both lines look the same but for the coins; the one of c stays though b left before it.
        BoardChanges changes =
                changes(Views.of(7, 1, "?a:9", "?b:5", "?c:5"), Views.of(8, 1, "?a:9", "?c:5"));
        assertThat(changes.removed()).containsExactly(1);
        assertThat(changes.standings()).isEmpty();

        BoardChanges hiding = changes(Views.of(7, 1, "a:9"), Views.of(8, 1, "?a:9"));
        assertThat(hiding.removed()).containsExactly(0);
        assertThat(lines(hiding.standings())).containsExactly("1  9");
    }

    @Test
    void anEmptiedBoardHasNoFirstRank() {
        BoardChanges changes = changes(Views.of(7, 1, "a:9"), Views.of(8, 1));

        assertThat(changes.first()).isNull();
        assertThat(changes.removed()).containsExactly(0);
    }

    @Test
    void aBoardThatOnlyCountedFurtherHasNoChanges() {
        assertThat(BoardDiff.between(Views.of(7, 1, "a:9"), Views.of(8, 1, "a:9"))).isEmpty();
        assertThat(BoardDiff.between(Views.of(7, 1), Views.of(8, 1))).isEmpty();
    }

    @Test
    void changesLeadFromAnyBoardToAnyOther() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Versioned before = randomView(random, 0);
        for (int i = 1; i <= 5_000; i++) {
            Versioned after = randomView(random, i);
            List<Standing> former = before.view().standings();
            List<Standing> followed =
                    BoardDiff.between(before, after)
                            .map(changes -> applied(former, changes))
                            .orElse(former);
            assertThat(followed)
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(after.view().standings());
            before = after;
        }
    }

    /** The rule for clients, word by word. */
    private static List<Standing> applied(List<Standing> former, BoardChanges changes) {
        List<Standing> lines = new ArrayList<>(former);
        for (int index : changes.removed().reversed()) {
            lines.remove(index);
        }
        long first = Objects.requireNonNullElse(changes.first(), 1L);
        for (Standing line : changes.standings()) {
            lines.add((int) (line.rank() - first), line);
        }
        for (int i = 0; i < lines.size(); i++) {
            lines.set(i, lines.get(i).at(first + i));
        }
        return lines;
    }

    /** Few members with few coins each, so that much stays, ties and moves. */
    private static Versioned randomView(Random random, int asOf) {
        List<String> lines = new ArrayList<>();
        for (char member = 'a'; member < 'j'; member++) {
            if (random.nextInt(4) > 0) {
                lines.add((random.nextInt(4) == 0 ? "?" : "") + member + ":" + random.nextInt(3));
            }
        }
        Collections.shuffle(lines, random);
        lines = lines.subList(0, random.nextInt(lines.size() + 1));
        return Views.of(asOf, 1 + random.nextInt(3), lines.toArray(new String[0]));
    }

    private static BoardChanges changes(Versioned before, Versioned after) {
        return BoardDiff.between(before, after).orElseThrow();
    }
}
