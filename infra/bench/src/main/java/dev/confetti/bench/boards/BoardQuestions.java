package dev.confetti.bench.boards;

import dev.confetti.bench.events.SyntheticGifts;
import dev.confetti.bench.load.AnsweredReads;
import dev.confetti.bench.report.Report;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.util.SplittableRandom;

/** What viewers ask of the largest board, one question after the other, over HTTP. */
final class BoardQuestions {
    private static final String BOARD = "/v1/leaderboards/gifters/all";

    private final BoardService boards;
    private final BoardOptions options;
    private final Pace pace;
    private final SplittableRandom random = new SplittableRandom(7);

    BoardQuestions(BoardService boards, BoardOptions options, Pace pace) {
        this.boards = boards;
        this.options = options;
        this.pace = pace;
    }

    void ask(Report report) throws IOException {
        AnsweredReads reads = new AnsweredReads(boards.url(), null, pace);
        reads.ask("top 100", options.queries(), () -> BOARD, report);
        reads.ask(
                "rank and neighbours",
                options.queries(),
                () -> BOARD + "?around=" + member(),
                report);
    }

    /** One who has a gift on the board for certain. */
    private String member() {
        return options.members() > 0
                ? SyntheticGifts.viewerId(options.viewers() + random.nextInt(options.members()))
                : SyntheticGifts.viewerId(0);
    }
}
