package dev.confetti.gift.wallet;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was left in a wallet right after a gift was sent: kept in the log with the event, so that a
 * repeat years later gets the same answer without the wallet's whole history.
 *
 * @param spendable coins, 0 or more
 */
public record SpendableAfter(long spendable) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public SpendableAfter {
        if (spendable < 0) {
            throw new IllegalArgumentException(
                    "spendable " + spendable + " after a send: expected 0 or more");
        }
    }

    String toJson() {
        return "{\"spendable\":" + spendable + "}";
    }

    /**
     * Reads it back.
     *
     * @param json in UTF-8
     * @throws IllegalStateException when it is something else
     */
    public static SpendableAfter parse(byte[] json) {
        try {
            return new SpendableAfter(JSON.readTree(json).required("spendable").longValue());
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "metadata of "
                            + json.length
                            + " bytes: expected {\"spendable\":N}, the answer of a sent gift",
                    e);
        }
    }
}
