package dev.confetti.board.score;

import dev.confetti.events.GiftEvent;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.MalformedEventException;
import java.time.Instant;
import java.util.List;

/**
 * What gifts do to the boards: fourteen of them move with each.
 *
 * <p>A gift counts in the windows of the instant when it happened ({@code occurredAt} of its
 * event). Its reversal carries that same instant as {@code sentAt} and so takes the coins off
 * exactly those windows, however much later it comes; the two must therefore be equal to the last
 * digit that the log stores.
 */
public final class ScoreRules {
    /** Beyond 2^53 a Redis score would no longer be exact. */
    public static final long MOST_COINS = 1L << 53;

    private ScoreRules() {}

    /**
     * The changes of an event; their order has no meaning.
     *
     * @param occurredAt the event's own time; a reversal does not use it
     * @throws MalformedEventException when the coins are no amount that a board can count
     */
    public static List<ScoreChange> changes(GiftEvent event, Instant occurredAt) {
        return switch (event) {
            case GiftSent sent -> changes(sent, occurredAt, counted(sent.coins()));
            case GiftReversed reversed ->
                    changes(reversed, reversed.sentAt(), -counted(reversed.coins()));
        };
    }

    private static List<ScoreChange> changes(GiftEvent event, Instant countedAt, long coins) {
        String viewer = event.viewerId();
        String creator = event.creatorId();
        return List.of(
                new ScoreChange(BoardOwner.live(event.liveId()), countedAt, viewer, coins),
                new ScoreChange(BoardOwner.creator(creator), countedAt, viewer, coins),
                new ScoreChange(BoardOwner.GIFTERS, countedAt, viewer, coins),
                new ScoreChange(BoardOwner.CREATORS, countedAt, creator, coins));
    }

    private static long counted(long coins) {
        if (coins < 1 || coins > MOST_COINS) {
            throw new MalformedEventException(
                    "gift of " + coins + " coins: expected 1 to " + MOST_COINS, null);
        }
        return coins;
    }
}
