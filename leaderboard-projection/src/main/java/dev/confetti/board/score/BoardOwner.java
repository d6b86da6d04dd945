package dev.confetti.board.score;

import java.util.List;

/**
 * What a set of boards is about: a live, a creator's fans, all gifters, all creators. An event that
 * changes a member on one board of an owner changes it on all of them.
 *
 * @param id empty for families that have none
 */
public record BoardOwner(Family family, String id) {
    public static final BoardOwner GIFTERS = new BoardOwner(Family.GIFTERS, "");
    public static final BoardOwner CREATORS = new BoardOwner(Family.CREATORS, "");

    public BoardOwner {
        if (id.isEmpty() == family.hasId()) {
            throw new IllegalArgumentException(
                    "owner id \""
                            + id
                            + "\" of family "
                            + family.word()
                            + ": expected "
                            + (family.hasId() ? "an id" : "none"));
        }
    }

    public static BoardOwner live(String liveId) {
        return new BoardOwner(Family.LIVE, liveId);
    }

    public static BoardOwner creator(String creatorId) {
        return new BoardOwner(Family.CREATOR, creatorId);
    }

    /** How boards' names begin: {@code live/l1}, {@code gifters}. */
    public String path() {
        return family.hasId() ? family.word() + "/" + id : family.word();
    }

    public List<Period> periods() {
        return family.periods();
    }
}
