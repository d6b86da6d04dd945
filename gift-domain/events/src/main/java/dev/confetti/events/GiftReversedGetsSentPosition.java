package dev.confetti.events;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reversed gifts did not say where they stood in the log, nor whether their earnings were released:
 * none were, before there were releases.
 */
final class GiftReversedGetsSentPosition implements UnaryOperator<ObjectNode> {
    private static final String SENT_POSITION = "sentPosition";
    private static final String EARNINGS_RELEASED = "earningsReleased";

    @Override
    public ObjectNode apply(ObjectNode event) {
        return event.has(SENT_POSITION)
                ? event
                : event.put(SENT_POSITION, 0).put(EARNINGS_RELEASED, false);
    }
}
