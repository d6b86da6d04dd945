package dev.confetti.events;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Settled payouts did not say what the bank took for itself: it had to be nothing. */
final class PayoutSettledGetsCharges implements UnaryOperator<ObjectNode> {
    private static final String CHARGES = "chargesMinor";

    @Override
    public ObjectNode apply(ObjectNode event) {
        return event.has(CHARGES) ? event : event.put(CHARGES, 0);
    }
}
