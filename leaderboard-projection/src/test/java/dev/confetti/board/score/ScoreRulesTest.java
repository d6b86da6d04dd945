package dev.confetti.board.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.board.Gifts;
import dev.confetti.events.MalformedEventException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreRulesTest {
    private static final Instant SENT_AT = Instant.parse("2026-12-31T23:59:59.999999Z");

    @Test
    void aGiftMovesTheViewerOnNineBoardsAndTheCreatorOnFive() {
        List<ScoreChange> changes = ScoreRules.changes(Gifts.sent("v1", "l1", "c1", 250), SENT_AT);

        assertThat(lines(changes))
                .containsExactlyInAnyOrder(
                        "live/l1 all v1 250",
                        "creator/c1/day 2026-12-31 v1 250",
                        "creator/c1/week 2026-W53 v1 250",
                        "creator/c1/month 2026-12 v1 250",
                        "creator/c1/all all v1 250",
                        "gifters/day 2026-12-31 v1 250",
                        "gifters/week 2026-W53 v1 250",
                        "gifters/month 2026-12 v1 250",
                        "gifters/all all v1 250",
                        "creators/hour 2026-12-31T23 c1 250",
                        "creators/day 2026-12-31 c1 250",
                        "creators/week 2026-W53 c1 250",
                        "creators/month 2026-12 c1 250",
                        "creators/all all c1 250");
    }

    @Test
    void aReversalTakesTheCoinsOffTheWindowsOfTheGiftHoweverLateItComes() {
        List<String> gift = lines(ScoreRules.changes(Gifts.sent("v1", "l1", "c1", 250), SENT_AT));

        List<ScoreChange> reversal =
                ScoreRules.changes(
                        Gifts.reversed("v1", "l1", "c1", 250, SENT_AT),
                        Instant.parse("2027-03-01T10:00:00Z"));

        assertThat(lines(reversal))
                .containsExactlyElementsOf(
                        gift.stream().map(line -> line.replace(" 250", " -250")).toList());
    }

    @Test
    void anAmountThatNoBoardCanCountIsRefused() {
        assertThatThrownBy(() -> ScoreRules.changes(Gifts.sent("v1", "l1", "c1", 0), SENT_AT))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("gift of 0 coins: expected 1 to 9007199254740992");
        assertThatThrownBy(
                        () ->
                                ScoreRules.changes(
                                        Gifts.sent("v1", "l1", "c1", (1L << 53) + 1), SENT_AT))
                .isInstanceOf(MalformedEventException.class);
    }

    private static List<String> lines(List<ScoreChange> changes) {
        return changes.stream()
                .flatMap(
                        change ->
                                change.owner().periods().stream()
                                        .map(
                                                period ->
                                                        line(
                                                                change,
                                                                Board.at(
                                                                        change.owner(),
                                                                        period,
                                                                        change.countedAt()))))
                .toList();
    }

    private static String line(ScoreChange change, Board board) {
        return board.name().path()
                + " "
                + board.window().name()
                + " "
                + change.member()
                + " "
                + change.coins();
    }
}
