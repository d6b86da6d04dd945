package dev.confetti.board.view;

import dev.confetti.board.profile.MemberNames;
import dev.confetti.board.profile.ShownMembers;
import dev.confetti.board.score.BoardOwner;
import dev.confetti.board.score.Family;
import dev.confetti.board.standing.BoardReader;
import dev.confetti.board.standing.BoardSlice;
import dev.confetti.board.standing.BoardSlice.NotOnBoard;
import dev.confetti.board.standing.BoardSlice.Ranked;
import dev.confetti.board.standing.BoardSlice.Unchanged;
import dev.confetti.board.standing.Score;
import dev.confetti.board.standing.SliceRequest;
import dev.confetti.events.Partitions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what clients asked for. Thread-safe. */
public final class BoardViews {
    private final BoardReader boards;
    private final MemberNames names;
    private final BoardPolicy policy;
    private final InstantSource clock;

    public BoardViews(
            BoardReader boards, MemberNames names, BoardPolicy policy, InstantSource clock) {
        this.boards = boards;
        this.names = names;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * One view.
     *
     * @throws BoardProblem when the member to show is not on the board, or hidden
     */
    public Versioned view(BoardQuery query) {
        Versioned found = changed(Map.of(query, SliceRequest.NO_TOKEN)).get(query);
        if (found == null || !found.onBoard()) {
            throw BoardProblem.notFound(
                    "not-on-board",
                    "member \""
                            + query.around()
                            + "\": expected one with coins on board "
                            + query.board().path());
        }
        return found;
    }

    /**
     * Several views, each of its board's own moment, in one round trip. One around a member that is
     * not on the board, or hidden, has no standings.
     *
     * @return in the order of the queries
     */
    public List<BoardView> views(List<BoardQuery> queries) {
        Map<BoardQuery, String> unknown = new LinkedHashMap<>();
        queries.forEach(query -> unknown.put(query, SliceRequest.NO_TOKEN));
        Map<BoardQuery, Versioned> found = changed(unknown);
        return queries.stream()
                .map(query -> Objects.requireNonNull(found.get(query)).view())
                .toList();
    }

    /**
     * Grows whenever a name was forgotten, or somebody hid or showed themself: views from before
     * may show what must not be shown any more.
     */
    public long namesVersion() {
        return names.version();
    }

    /** The name of the window that a query shows at this instant. */
    public String windowNow(BoardQuery query) {
        return query.shownBoard(clock.instant()).window().name();
    }

    /**
     * The views that are no longer what their token says, in one round trip for all.
     *
     * @param knownTokens each query with the token of the version that is known
     */
    public Map<BoardQuery, Versioned> changed(Map<BoardQuery, String> knownTokens) {
        Instant now = clock.instant();
        List<BoardQuery> queries = List.copyOf(knownTokens.keySet());
        List<BoardSlice> slices =
                boards.read(
                        queries.stream()
                                .map(q -> q.slice(now, knownTokens.getOrDefault(q, "")))
                                .toList());
        Set<String> members = new TreeSet<>();
        for (BoardSlice slice : slices) {
            if (slice instanceof Ranked ranked) {
                ranked.scores().forEach(score -> members.add(score.member()));
            }
        }
        queries.forEach(query -> members.add(query.around() == null ? "" : query.around()));
        members.remove("");
        ShownMembers shown = names.shown(members);
        Map<BoardQuery, Versioned> changed = new LinkedHashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            BoardQuery query = queries.get(i);
            String window = query.shownBoard(now).window().name();
            switch (slices.get(i)) {
                case Unchanged unchanged -> {}
                case NotOnBoard absent ->
                        changed.put(
                                query,
                                notOnBoard(query, window, absent.token(), absent.positions()));
                case Ranked ranked when isHiddenFrom(query, shown.hidden()) ->
                        // As if it were not there, for who may not see it.
                        changed.put(
                                query,
                                notOnBoard(query, window, ranked.token(), ranked.positions()));
                case Ranked ranked ->
                        changed.put(
                                query,
                                new Versioned(
                                        ranked.token(),
                                        true,
                                        view(
                                                query,
                                                window,
                                                asOf(query.board().owner(), ranked.positions()),
                                                standings(query, ranked, shown),
                                                place(query, ranked.place())),
                                        ranked.scores().stream().map(Score::member).toList()));
            }
        }
        return changed;
    }

    /**
     * A view and the state of the board that it shows.
     *
     * @param onBoard false when the member to show is not there
     * @param members who really stands on each line of the view; never to be sent
     */
    public record Versioned(String token, boolean onBoard, BoardView view, List<String> members) {
        public Versioned {
            members = List.copyOf(members);
            if (members.size() != view.standings().size()) {
                throw new IllegalArgumentException(
                        members.size()
                                + " members: expected one for each of "
                                + view.standings().size()
                                + " lines");
            }
        }
    }

    private static Versioned notOnBoard(
            BoardQuery query, String window, String token, Map<Integer, Long> positions) {
        long asOf = asOf(query.board().owner(), positions);
        return new Versioned(token, false, view(query, window, asOf, List.of(), null), List.of());
    }

    private static BoardView view(
            BoardQuery query,
            String window,
            long asOf,
            List<BoardView.Standing> standings,
            BoardView.@Nullable Place place) {
        return new BoardView(query.board().path(), window, "position:" + asOf, standings, place);
    }

    private static boolean isHiddenFrom(BoardQuery query, Set<String> hidden) {
        return !query.seesHidden() && query.around() != null && hidden.contains(query.around());
    }

    /** Among equals the earlier stands before, so that whoever wants to pass needs one more. */
    private BoardView.@Nullable Place place(BoardQuery query, BoardSlice.@Nullable Place place) {
        if (place == null || query.around() == null) {
            return null;
        }
        if (!policy.amounts()) {
            return new BoardView.Place(query.around(), place.rank(), null, null);
        }
        Long before = place.coinsBefore();
        return new BoardView.Place(
                query.around(),
                place.rank(),
                place.coins(),
                before == null ? null : before - place.coins() + 1);
    }

    private static long asOf(BoardOwner owner, Map<Integer, Long> positions) {
        return owner.family() == Family.LIVE
                ? positions.getOrDefault(Partitions.of(owner.id()), 0L)
                : positions.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Who is hidden keeps rank and coins, without id and name; but not around themself. */
    private List<BoardView.Standing> standings(
            BoardQuery query, Ranked ranked, ShownMembers shown) {
        List<BoardView.Standing> standings = new ArrayList<>();
        long rank = ranked.firstRank();
        for (Score score : ranked.scores()) {
            String member = score.member();
            Long coins = policy.amounts() ? score.coins() : null;
            boolean masked = shown.hidden().contains(member) && !member.equals(query.around());
            standings.add(
                    masked
                            ? new BoardView.Standing(rank, "", "", coins, true)
                            : new BoardView.Standing(
                                    rank,
                                    member,
                                    shown.names().getOrDefault(member, member),
                                    coins,
                                    null));
            rank++;
        }
        return standings;
    }
}
