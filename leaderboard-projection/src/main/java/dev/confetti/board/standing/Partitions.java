package dev.confetti.board.standing;

import dev.confetti.events.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition of a topic the events of a key are in: fixed by the contract. */
public final class Partitions {
    private Partitions() {}

    /** 0 to 11. */
    public static int of(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(bytes)) % Topic.PARTITIONS;
    }
}
