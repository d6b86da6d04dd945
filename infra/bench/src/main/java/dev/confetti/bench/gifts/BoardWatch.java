package dev.confetti.bench.gifts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a live's board said over time, and from that when each gift counted.
 *
 * <p>A board shows sums, no single gifts. But a viewer's gifts have an order (their positions), so
 * a gift is on the board as soon as the viewer's sum has reached that of all gifts up to it.
 * Thread-safe.
 */
final class BoardWatch {
    private record Seen(long nanoTime, long coins) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, List<Seen>> seenByMember = new HashMap<>();

    /**
     * Takes in a board, or what changed on it, as JSON; what is neither is passed over. Lines that
     * are taken out say nothing here: sums only grow.
     */
    synchronized void seen(String board, long nanoTime) {
        JsonNode standings;
        try {
            standings = JSON.readTree(board).path("standings");
        } catch (JacksonException e) {
            return;
        }
        for (JsonNode standing : standings) {
            long coins = standing.path("coins").asLong(0);
            List<Seen> seen =
                    seenByMember.computeIfAbsent(
                            standing.path("member").asString(""), m -> new ArrayList<>());
            if (seen.isEmpty() || seen.getLast().coins() < coins) {
                seen.add(new Seen(nanoTime, coins));
            }
        }
    }

    /**
     * When the member's sum first was so much or more; {@link Long#MIN_VALUE} when it never was.
     */
    synchronized long nanosOfSum(String member, long coins) {
        for (Seen seen : seenByMember.getOrDefault(member, List.of())) {
            if (seen.coins() >= coins) {
                return seen.nanoTime();
            }
        }
        return Long.MIN_VALUE;
    }
}
