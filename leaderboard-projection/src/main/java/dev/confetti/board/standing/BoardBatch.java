package dev.confetti.board.standing;

import java.util.List;

/** A batch as it goes to Redis: one call for each shard. */
public final class BoardBatch {
    /**
     * One call of the applying script.
     *
     * @param keys its keys, in UTF-8
     * @param arguments its arguments, in UTF-8
     */
    record Call(List<byte[]> keys, List<byte[]> arguments) {}

    private final List<Call> calls;
    private final int gifts;

    BoardBatch(List<Call> calls, int gifts) {
        this.calls = List.copyOf(calls);
        this.gifts = gifts;
    }

    List<Call> calls() {
        return calls;
    }

    /** How many events it holds. */
    public int gifts() {
        return gifts;
    }
}
