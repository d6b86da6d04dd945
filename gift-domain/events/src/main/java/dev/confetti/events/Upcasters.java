package dev.confetti.events;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What brings old events up to the current revision of their type, by type: a chain of steps from
 * tree to tree, oldest step first. Each step leaves alone what has its revision already, so that an
 * event of any age goes through the whole chain.
 *
 * <p>A step is only found to be needed when the old event does not fit the record: the property
 * that it adds must be one that the record cannot do without, such as a number.
 */
final class Upcasters {
    private static final Map<EventType, List<UnaryOperator<ObjectNode>>> CHAINS =
            Map.of(
                    EventType.GIFT_SENT, List.of(new GiftSentGetsComboWindow()),
                    EventType.PAYOUT_SETTLED, List.of(new PayoutSettledGetsCharges()),
                    EventType.GIFT_REVERSED,
                            List.of(
                                    new GiftReversedGetsClosedLots(),
                                    new GiftReversedGetsSentPosition()));

    private Upcasters() {}

    /** The steps of a type; empty for a type that never changed. */
    static List<UnaryOperator<ObjectNode>> of(EventType type) {
        return CHAINS.getOrDefault(type, List.of());
    }
}
