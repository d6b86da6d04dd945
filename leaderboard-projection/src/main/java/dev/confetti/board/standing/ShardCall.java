package dev.confetti.board.standing;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.BoardName;
import dev.confetti.board.score.BoardOwner;
import dev.confetti.board.score.Period;
import dev.confetti.board.score.ScoreChange;
import dev.confetti.board.score.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys and arguments of one call of the applying script: one batch for one shard. */
final class ShardCall {
    /** The boards that move together: one owner in one set of windows. */
    private record Boards(BoardOwner owner, List<Window> windows) {}

    /** The members that move on them, and when the last of these changes was recorded. */
    private static final class Moves {
        private final Map<String, Move> byMember = new LinkedHashMap<>();
        private Instant changedAt = Instant.MIN;
    }

    private record Move(long coins, long position) {
        Move and(long moreCoins, long otherPosition) {
            return new Move(Math.addExact(coins, moreCoins), Math.max(position, otherPosition));
        }
    }

    private final Shard shard;
    private final Map<Boards, Moves> groups = new LinkedHashMap<>();

    ShardCall(Shard shard) {
        this.shard = shard;
    }

    void add(ScoreChange change, PlacedGift gift) {
        List<Window> windows =
                change.owner().periods().stream()
                        .map(period -> period.windowOf(change.countedAt()))
                        .toList();
        Moves moves = groups.computeIfAbsent(new Boards(change.owner(), windows), b -> new Moves());
        Move before = moves.byMember.getOrDefault(change.member(), new Move(0, 0));
        moves.byMember.put(change.member(), before.and(change.coins(), gift.position()));
        if (gift.recordedAt().isAfter(moves.changedAt)) {
            moves.changedAt = gift.recordedAt();
        }
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        keys.add(shard.fencesKey());
        for (Boards group : groups.keySet()) {
            for (Board board : boards(group)) {
                BoardKeys names = BoardKeys.of(board);
                keys.add(names.ranking());
                keys.add(names.members());
            }
        }
        return keys;
    }

    List<String> arguments(
            String token, Map<Integer, Fence> reached, Fences fences, BoardRetention retention) {
        List<String> arguments = new ArrayList<>();
        arguments.add(token);
        arguments.add(Integer.toString(reached.size()));
        reached.forEach(
                (partition, fence) -> {
                    arguments.add(partition.toString());
                    arguments.add(fences.of(shard, partition).text());
                    arguments.add(fence.text());
                });
        groups.forEach((group, moves) -> add(arguments, group, moves, retention));
        return arguments;
    }

    private static void add(
            List<String> arguments, Boards group, Moves moves, BoardRetention retention) {
        arguments.add(Integer.toString(group.windows.size()));
        arguments.add(Integer.toString(moves.byMember.size()));
        for (Board board : boards(group)) {
            Instant expiry = retention.expiry(board, moves.changedAt);
            arguments.add(expiry == null ? "0" : Long.toString(expiry.getEpochSecond()));
        }
        moves.byMember.forEach(
                (member, move) -> {
                    arguments.add(member);
                    arguments.add(Long.toString(move.coins));
                    arguments.add(PositionPrefix.of(move.position));
                });
    }

    private static List<Board> boards(Boards group) {
        List<Board> boards = new ArrayList<>();
        List<Period> periods = group.owner.periods();
        for (int i = 0; i < periods.size(); i++) {
            boards.add(new Board(new BoardName(group.owner, periods.get(i)), group.windows.get(i)));
        }
        return boards;
    }
}
