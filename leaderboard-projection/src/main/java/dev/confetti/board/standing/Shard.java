package dev.confetti.board.standing;

import dev.confetti.board.score.BoardOwner;
import dev.confetti.board.score.ScoreChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * One of the sixteen parts into which the boards are divided, for good: its hash tag puts all its
 * keys into one slot of a Redis Cluster, so that one script may change them together.
 *
 * <p>A live's and a creator's boards are whole in one shard. Those of the whole platform move with
 * every gift; so that they load all servers alike, each shard has a part of them, with the members
 * that fall to it, and reading puts the parts together.
 *
 * @param number 0 to 15
 */
public record Shard(int number) {
    /** Fixed: where a board is stored follows from it. */
    public static final int COUNT = 16;

    private static final List<Shard> ALL = IntStream.range(0, COUNT).mapToObj(Shard::new).toList();

    public static List<Shard> all() {
        return ALL;
    }

    /** Where a change belongs. */
    public static Shard of(ScoreChange change) {
        return of(change.owner(), change.member());
    }

    /** The shard in which an owner's boards have a member. */
    public static Shard of(BoardOwner owner, String member) {
        return ofText(owner.family().hasId() ? owner.path() : member);
    }

    /** The shards that have a part of an owner's boards. */
    public static List<Shard> partsOf(BoardOwner owner) {
        return owner.family().hasId() ? List.of(ofText(owner.path())) : ALL;
    }

    /** Where what is known of a member is kept, whichever boards it is on. */
    public static Shard ofMember(String member) {
        return ofText(member);
    }

    private static Shard ofText(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return ALL.get((int) (crc.getValue() % COUNT));
    }

    /** One of its keys that is no board's, such as {@code board:{5}:names}: without a slash. */
    public String key(String name) {
        return prefix() + name;
    }

    /** What all its keys begin with. */
    String prefix() {
        return "board:{" + number + "}:";
    }

    /** String: the number of the generation that is read and written; 1 while there is none. */
    String generationKey() {
        return prefix() + "generation";
    }

    /** String: there while nothing may be written, since another generation is about to follow. */
    String closureKey() {
        return prefix() + "closed";
    }

    /** String: the token of the rebuild that is under way. */
    String buildingKey() {
        return prefix() + "building";
    }
}
