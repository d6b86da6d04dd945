package dev.confetti.events;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Reversed gifts did not say which lots were closed: no lot could be, before refunds were. */
final class GiftReversedGetsClosedLots implements UnaryOperator<ObjectNode> {
    private static final String CLOSED_LOTS = "closedLots";
    private static final String DEBT_LOWERED = "debtLowered";

    @Override
    public ObjectNode apply(ObjectNode event) {
        if (event.has(DEBT_LOWERED)) {
            return event;
        }
        event.putArray(CLOSED_LOTS);
        return event.put(DEBT_LOWERED, 0);
    }
}
