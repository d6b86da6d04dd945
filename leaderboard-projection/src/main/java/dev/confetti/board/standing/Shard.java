package dev.confetti.board.standing;

import dev.confetti.board.score.BoardOwner;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One of the sixteen parts into which the boards are divided, for good: its hash tag puts all its
 * keys into one slot of a Redis Cluster, so that one script may change them together.
 *
 * @param number 0 to 15
 */
public record Shard(int number) {
    /** Fixed: an owner's shard is part of its keys. */
    public static final int COUNT = 16;

    public static Shard of(BoardOwner owner) {
        return of(owner.path());
    }

    /** Where what is known of a member is kept, whichever boards it is on. */
    public static Shard ofMember(String member) {
        return of(member);
    }

    private static Shard of(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return new Shard((int) (crc.getValue() % COUNT));
    }

    /** One of its keys that is no board's, such as {@code board:{5}:names}: without a slash. */
    public String key(String name) {
        return prefix() + name;
    }

    /** What all its keys begin with. */
    String prefix() {
        return "board:{" + number + "}:";
    }

    String fencesKey() {
        return prefix() + "fences";
    }
}
