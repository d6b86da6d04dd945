package dev.confetti.ledger;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A believable run with every event that posts, from a seed: what viewers do, as {@link
 * RandomEvents} have it, and what becomes of creators' earnings and of the money.
 */
public final class RandomBusiness {
    /** Events that move nothing. */
    private static final Set<EventType> NOT_POSTED =
            EnumSet.of(
                    EventType.WALLET_BLOCKED,
                    EventType.WALLET_UNBLOCKED,
                    EventType.SPENDING_LIMIT_SET,
                    EventType.PERSON_FORGOTTEN,
                    EventType.BOARD_VISIBILITY_CHANGED,
                    EventType.PAYOUT_RESOLUTION_REQUESTED,
                    EventType.PAYOUTS_HELD,
                    EventType.PAYOUTS_RESUMED,
                    EventType.LIVE_CREATED,
                    EventType.LIVE_STARTED,
                    EventType.LIVE_AWAY,
                    EventType.LIVE_ENDED,
                    EventType.PAYOUT_BATCH_CREATED,
                    EventType.BANK_MESSAGE_RECEIVED,
                    EventType.ADJUSTMENT_REQUESTED,
                    EventType.ADJUSTMENT_REJECTED,
                    EventType.PERIOD_CLOSED);

    /** Ids of the two kinds must not meet. */
    private static final long FIRST_ID = 1_000_000_000;

    private final Random random;
    private final RandomEvents viewers;
    private final RandomFinance finance;
    private final Map<String, RandomCreator> creators = new TreeMap<>();
    private long nextId = FIRST_ID;

    public RandomBusiness(long seed, int viewers) {
        this.random = new Random(seed);
        this.viewers = new RandomEvents(random.nextLong(), viewers, 1_000);
        this.finance = new RandomFinance(random);
    }

    /** The types of all events that the ledger books: every other one but those known above. */
    public static Set<String> postedTypes() {
        Set<String> types = new TreeSet<>();
        EnumSet.complementOf(EnumSet.copyOf(NOT_POSTED))
                .forEach(type -> types.add(type.typeName()));
        return types;
    }

    public List<ConfettiEvent> next(int count) {
        List<ConfettiEvent> events = new ArrayList<>(count);
        while (events.size() < count) {
            ConfettiEvent event = next();
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private @Nullable ConfettiEvent next() {
        int kind = random.nextInt(100);
        if (kind < 25 && !creators.isEmpty()) {
            List<RandomCreator> all = List.copyOf(creators.values());
            return all.get(random.nextInt(all.size())).next(nextId++);
        } else if (kind < 30) {
            return finance.next(nextId++);
        }
        return switch (viewers.next(1).getFirst()) {
            case GiftSent gift -> {
                creator(gift.creatorId()).sent(gift);
                yield gift;
            }
            case GiftReversed reversed -> creator(reversed.creatorId()).reversed(reversed);
            case ConfettiEvent other -> other;
        };
    }

    private RandomCreator creator(String creatorId) {
        return creators.computeIfAbsent(creatorId, id -> new RandomCreator(id, random));
    }
}
