package dev.confetti.board.standing;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.BoardOwner;
import dev.confetti.board.score.Family;
import dev.confetti.board.score.ScoreChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys and arguments of one call of the applying script: one batch for one shard. */
final class ShardCall {
    private static final byte[] NEVER = bytes("0");
    private static final byte[] GONE = bytes("-");

    /**
     * A live's board that should be gone by now is kept so long, while its events are still read.
     */
    private static final Duration GRACE = Duration.ofDays(1);

    /**
     * The boards that move together.
     *
     * @param windows see {@link BoardWindows#numberOf}
     */
    private record Boards(BoardOwner owner, long windows) {}

    /** The members that move on some boards, and when the changes were recorded. */
    private static final class Moves {
        private final BoardOwner owner;
        private final Instant countedAt;
        private final Instant firstChange;
        private final Map<String, Move> byMember = new LinkedHashMap<>();
        private Instant lastChange;

        Moves(BoardOwner owner, Instant countedAt, Instant firstChange) {
            this.owner = owner;
            this.countedAt = countedAt;
            this.firstChange = firstChange;
            this.lastChange = firstChange;
        }
    }

    private static final class Move {
        private long coins;
        private long position;
    }

    private final GenerationKeys keys;
    private final WriteTarget.Guard guard;
    private final BoardRetention retention;
    private final List<Moves> all = new ArrayList<>();
    private final Map<Boards, Moves> current = new HashMap<>();

    ShardCall(GenerationKeys keys, WriteTarget.Guard guard, BoardRetention retention) {
        this.keys = keys;
        this.guard = guard;
        this.retention = retention;
    }

    void add(ScoreChange change, PlacedGift gift) {
        Moves moves = movesOf(change, gift.recordedAt());
        Move move = moves.byMember.computeIfAbsent(change.member(), m -> new Move());
        move.coins = Math.addExact(move.coins, change.coins());
        move.position = Math.max(move.position, gift.position());
        if (gift.recordedAt().isAfter(moves.lastChange)) {
            moves.lastChange = gift.recordedAt();
        }
    }

    List<byte[]> keys(BoardWindows windows) {
        List<byte[]> list = new ArrayList<>();
        list.add(bytes(guard.key()));
        list.add(bytes(guard.closureKey()));
        list.add(bytes(keys.fences()));
        for (Moves moves : all) {
            list.add(bytes(keys.members(moves.owner)));
            list.add(bytes(keys.past(moves.owner)));
            for (Board board : windows.boards(moves.owner, moves.countedAt)) {
                list.add(bytes(keys.ranking(board)));
            }
        }
        return list;
    }

    /**
     * What the script is told.
     *
     * @param reached for each partition that moves on, where it will be
     * @param fences where they are
     */
    List<byte[]> arguments(
            String token,
            Map<Integer, Fence> reached,
            Fences fences,
            BoardWindows windows,
            Instant now) {
        List<byte[]> list = new ArrayList<>();
        list.add(bytes(token));
        list.add(bytes(guard.expected()));
        list.add(bytes(Integer.toString(reached.size())));
        reached.forEach(
                (partition, fence) -> {
                    list.add(bytes(partition.toString()));
                    list.add(bytes(fences.of(keys.shard(), partition).text()));
                    list.add(bytes(fence.text()));
                });
        for (Moves moves : all) {
            add(list, moves, windows, now);
        }
        return list;
    }

    private Moves movesOf(ScoreChange change, Instant recordedAt) {
        BoardOwner owner = change.owner();
        Boards boards =
                new Boards(owner, BoardWindows.numberOf(owner.family(), change.countedAt()));
        Moves known = current.get(boards);
        if (known != null && !isGone(known, recordedAt)) {
            return known;
        }
        Moves moves = new Moves(owner, change.countedAt(), recordedAt);
        all.add(moves);
        current.put(boards, moves);
        return moves;
    }

    /** Whether a live's board had gone, by its retention, before this change began another. */
    private boolean isGone(Moves moves, Instant recordedAt) {
        return moves.owner.family() == Family.LIVE
                && !moves.lastChange.plus(retention.live()).isAfter(recordedAt);
    }

    private void add(List<byte[]> list, Moves moves, BoardWindows windows, Instant now) {
        List<Board> boards = windows.boards(moves.owner, moves.countedAt);
        boolean live = moves.owner.family() == Family.LIVE;
        list.add(bytes(Integer.toString(boards.size())));
        list.add(bytes(Integer.toString(moves.byMember.size())));
        list.add(live ? bytes(Long.toString(retention.live().toSeconds())) : NEVER);
        list.add(bytes(Long.toString(moves.firstChange.getEpochSecond())));
        list.add(bytes(Long.toString(moves.lastChange.getEpochSecond())));
        for (Board board : boards) {
            list.add(bytes(BoardWindows.id(board.window())));
            list.add(expiry(board, moves.lastChange, now));
            list.add(bytes(windows.oldestKept(board.name().period(), retention, now)));
        }
        moves.byMember.forEach(
                (member, move) -> {
                    list.add(bytes(member));
                    list.add(bytes(Long.toString(move.coins)));
                    list.add(bytes(PositionPrefix.of(move.position)));
                });
    }

    private byte[] expiry(Board board, Instant changedAt, Instant now) {
        Instant expiry = retention.expiry(board, changedAt);
        if (expiry == null) {
            return NEVER;
        }
        if (board.window().end() == null) {
            Instant least = now.plus(GRACE);
            return bytes(Long.toString((expiry.isBefore(least) ? least : expiry).getEpochSecond()));
        }
        return expiry.isAfter(now) ? bytes(Long.toString(expiry.getEpochSecond())) : GONE;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
