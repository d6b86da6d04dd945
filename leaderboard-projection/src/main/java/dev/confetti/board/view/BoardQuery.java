package dev.confetti.board.view;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.BoardName;
import dev.confetti.board.score.Period;
import dev.confetti.board.standing.SliceRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a board.
 *
 * @param limit the most standings, 1 to 1000
 * @param around show this member and its neighbours; null to show the top
 * @param at show the window of this instant; null for the one that counts now
 * @param seesHidden whether the member to show around is shown also while it is hidden
 */
public record BoardQuery(
        BoardName board,
        int limit,
        @Nullable String around,
        @Nullable Instant at,
        boolean seesHidden) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int DEFAULT_NEIGHBOURHOOD = 11;
    private static final int MOST = 1000;
    private static final int MOST_BOARDS = 20;

    /** What a window's name can hold in four digits. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9998-12-31T23:59:59Z");

    /**
     * Reads a request.
     *
     * @throws BoardProblem when the board is unknown or a parameter is malformed
     */
    public static BoardQuery parse(
            String path, @Nullable String limit, @Nullable String around, @Nullable String at) {
        BoardName board =
                BoardName.parse(path)
                        .orElseThrow(
                                () ->
                                        BoardProblem.notFound(
                                                "unknown-board",
                                                "board \""
                                                        + path
                                                        + "\": expected one of "
                                                        + BoardName.VALID_NAMES));
        return new BoardQuery(
                board,
                limit == null
                        ? around == null ? DEFAULT_LIMIT : DEFAULT_NEIGHBOURHOOD
                        : parseLimit(limit),
                around == null ? null : parseMember(around),
                at == null ? null : parseInstant(board, at),
                false);
    }

    /** The same for who may see the member around which is shown, also while it is hidden. */
    public BoardQuery seeingHidden() {
        return new BoardQuery(board, limit, around, at, around != null);
    }

    /**
     * Reads a request for several boards, which share the other parameters.
     *
     * @param paths 1 to 20
     * @throws BoardProblem as {@link #parse} does, or when there are too many or none
     */
    public static List<BoardQuery> parseAll(
            List<String> paths,
            @Nullable String limit,
            @Nullable String around,
            @Nullable String at) {
        if (paths.isEmpty() || paths.size() > MOST_BOARDS) {
            throw BoardProblem.malformed(
                    paths.size() + " boards: expected board=NAME 1 to " + MOST_BOARDS + " times");
        }
        return paths.stream().map(path -> parse(path, limit, around, at)).toList();
    }

    /** The part of the board to read, at an instant that counts as now. */
    SliceRequest slice(Instant now, String knownToken) {
        return new SliceRequest(
                shownBoard(now),
                limit,
                around == null ? "" : around,
                around == null ? 0 : (limit - 1) / 2,
                knownToken);
    }

    Board shownBoard(Instant now) {
        return Board.at(board.owner(), board.period(), at == null ? now : at);
    }

    private static int parseLimit(String text) {
        if (!text.matches("[0-9]{1,4}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > MOST) {
            throw BoardProblem.malformed(
                    "limit \"" + text + "\": expected a whole number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    private static String parseMember(String text) {
        if (text.isEmpty()) {
            throw BoardProblem.malformed("around \"\": expected the id of a member");
        }
        return text;
    }

    private static Instant parseInstant(BoardName board, String text) {
        if (board.period() == Period.ALL) {
            throw BoardProblem.malformed(
                    "at \""
                            + text
                            + "\": expected none, board "
                            + board.path()
                            + " has only one window");
        }
        try {
            Instant at = Instant.parse(text);
            if (at.isBefore(FIRST) || at.isAfter(LAST)) {
                throw BoardProblem.malformed(
                        "at \"" + text + "\": expected an instant of the years 1 to 9998");
            }
            return at;
        } catch (DateTimeException e) {
            throw BoardProblem.malformed(
                    "at \""
                            + text
                            + "\": expected an RFC 3339 instant such as 2026-11-22T16:00:00Z");
        }
    }
}
