package dev.confetti.board.api;

import dev.confetti.board.push.BoardPush;
import dev.confetti.board.view.BoardPolicy;
import dev.confetti.board.view.BoardQuery;
import dev.confetti.board.view.BoardView;
import dev.confetti.board.view.BoardViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/leaderboards/{board}}: read once, or pushed as it changes. Open to all. */
@RestController
@Tag(name = "leaderboards")
public final class BoardController {
    private static final String PATH = "/v1/leaderboards/{*board}";

    private static final String SWITCHED_OFF = "boards-switched-off";

    private final BoardViews views;
    private final BoardPush push;
    private final BoardPolicy policy;
    private final BoardCallers callers;

    public BoardController(
            BoardViews views, BoardPush push, BoardPolicy policy, BoardCallers callers) {
        this.views = views;
        this.push = push;
        this.policy = policy;
        this.callers = callers;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "readLeaderboard",
            summary = "A leaderboard: its top, or a member with neighbours and what it lacks",
            description =
                    "Boards: live/{liveId}, creator/{creatorId}/{day|week|month|all},"
                            + " gifters/{day|week|month|all}, creators/{hour|day|week|month|all}."
                            + " With Accept: text/event-stream the document is pushed at once as"
                            + " event \"standings\", then what changes in it as events"
                            + " \"changes\", at most one each tick (100 ms): {\"board\","
                            + "\"window\",\"asOf\",\"first\",\"removed\",\"standings\","
                            + "\"place\"}. To follow: take the lines at the indexes \"removed\""
                            + " (from 0, in the list before) out, insert each of \"standings\","
                            + " in their order, at index rank - first, number the ranks from"
                            + " \"first\" (absent when no line is left), take over the rest."
                            + " Another event \"standings\" replaces all: when the window"
                            + " changes, or when a listener was too slow for a version."
                            + " A WebSocket at the same URL (subprotocol none, what the client"
                            + " sends is ignored) gets text messages {\"event\",\"data\"}"
                            + " with the same events and documents."
                            + " Who is hidden has"
                            + " rank and coins, member and name \"\", and hidden: true; around a"
                            + " hidden member only that member and staff may ask, by a token."
                            + " Where policy boardAmounts is false, coins and toNext are null.")
    @ApiResponse(responseCode = "200", description = "The standings, highest first")
    @ApiResponse(responseCode = "400", description = "malformed-request")
    @ApiResponse(responseCode = "403", description = SWITCHED_OFF)
    @ApiResponse(responseCode = "404", description = "unknown-board, not-on-board")
    @ApiResponse(responseCode = "503", description = "boards-unavailable, too-many-listeners")
    BoardView read(
            @Parameter(hidden = true)
                    @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
                    @Nullable String authorization,
            @PathVariable String board,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String around,
            @RequestParam(required = false) @Nullable String at) {
        return views.view(asked(authorization, board, limit, around, at)).view();
    }

    @GetMapping(path = "/v1/leaderboards", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "readLeaderboards",
            summary = "Several leaderboards in one call",
            description =
                    "board=NAME for each, 1 to 20 times; limit, around and at are for all of them."
                            + " A board without the member to show has no standings.")
    @ApiResponse(responseCode = "200", description = "The boards, in the order asked for")
    @ApiResponse(responseCode = "400", description = "malformed-request")
    @ApiResponse(responseCode = "403", description = SWITCHED_OFF)
    @ApiResponse(responseCode = "404", description = "unknown-board")
    @ApiResponse(responseCode = "503", description = "boards-unavailable")
    BoardList readAll(
            @Parameter(hidden = true)
                    @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
                    @Nullable String authorization,
            @RequestParam(required = false) @Nullable List<String> board,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String around,
            @RequestParam(required = false) @Nullable String at) {
        policy.requireOn();
        List<BoardQuery> queries =
                BoardQuery.parseAll(board == null ? List.of() : board, limit, around, at);
        return new BoardList(
                views.views(
                        queries.stream()
                                .map(query -> callers.allowed(query, authorization))
                                .toList()));
    }

    /** Several boards. */
    record BoardList(List<BoardView> leaderboards) {}

    @GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(hidden = true)
    void listen(
            @PathVariable String board,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String around,
            @RequestParam(required = false) @Nullable String at,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        push.listen(
                asked(request.getHeader(HttpHeaders.AUTHORIZATION), board, limit, around, at),
                request,
                response);
    }

    @GetMapping(path = PATH, headers = "Upgrade=websocket")
    @Operation(hidden = true)
    void listenBySocket(
            @PathVariable String board,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String around,
            @RequestParam(required = false) @Nullable String at,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        push.upgrade(
                asked(request.getHeader(HttpHeaders.AUTHORIZATION), board, limit, around, at),
                request,
                response);
    }

    /**
     * What a request asks for, with what its caller may see.
     *
     * @param board with the slash that the path has before it; empty where it names none
     */
    private BoardQuery asked(
            @Nullable String authorization,
            String board,
            @Nullable String limit,
            @Nullable String around,
            @Nullable String at) {
        policy.requireOn();
        return callers.allowed(
                BoardQuery.parse(
                        board.startsWith("/") ? board.substring(1) : board, limit, around, at),
                authorization);
    }
}
