package dev.confetti.events;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sent gifts did not say how long their combo stays open. It was what the policy {@code
 * comboWindow} said, whose default was ten seconds.
 */
final class GiftSentGetsComboWindow implements UnaryOperator<ObjectNode> {
    private static final String PROPERTY = "comboWindowMs";
    private static final long DEFAULT_MS = 10_000;

    @Override
    public ObjectNode apply(ObjectNode event) {
        return event.has(PROPERTY) ? event : event.put(PROPERTY, DEFAULT_MS);
    }
}
