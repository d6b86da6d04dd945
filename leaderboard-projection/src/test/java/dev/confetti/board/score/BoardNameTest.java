package dev.confetti.board.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoardNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live/l-1_A",
                "creator/c1/day",
                "creator/c1/week",
                "creator/c1/month",
                "creator/c1/all",
                "gifters/day",
                "gifters/week",
                "gifters/month",
                "gifters/all",
                "creators/hour",
                "creators/day",
                "creators/week",
                "creators/month",
                "creators/all"
            })
    void allFourteenBoardsHaveANameThatReadsBack(String name) {
        assertThat(BoardName.parse(name).map(BoardName::path)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "live",
                "live/",
                "live/a/b",
                "live/a b",
                "live/{x}",
                "Live/a",
                "gifters",
                "gifters/hour",
                "gifters/",
                "gifters/DAY",
                "gifters/day/",
                "gifters/day/x",
                "creator/c1",
                "creator/c1/hour",
                "creator//day",
                "creators/year",
                "all",
                "live/0123456789012345678901234567890123456789012345678901234567890123x"
            })
    void anythingElseIsNoBoard(String name) {
        assertThat(BoardName.parse(name)).isEmpty();
    }
}
