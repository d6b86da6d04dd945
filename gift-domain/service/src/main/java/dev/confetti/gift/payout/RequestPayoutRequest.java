package dev.confetti.gift.payout;

import dev.confetti.events.Diamonds;
import dev.confetti.gift.bank.Iban;
import dev.confetti.gift.http.JsonRequest;

/**
 * The body of {@code POST /v1/payouts}.
 *
 * @param diamonds whole ones
 */
public record RequestPayoutRequest(Diamonds diamonds, Destination destination)
        implements JsonRequest {
    public RequestPayoutRequest {
        if (diamonds.tenThousandths() <= 0 || diamonds.hasFraction()) {
            throw new IllegalArgumentException(
                    "diamonds " + diamonds + ": expected whole diamonds, 1 or more");
        }
    }

    /**
     * The account to pay to.
     *
     * @param name of its holder
     */
    public record Destination(String iban, String name) implements JsonRequest {
        private static final int MOST_CHARACTERS = 70;

        public Destination {
            iban = new Iban(iban).text();
            name = name.strip();
            if (name.isEmpty() || name.length() > MOST_CHARACTERS) {
                throw new IllegalArgumentException(
                        "name of "
                                + name.length()
                                + " characters: expected 1 to "
                                + MOST_CHARACTERS);
            }
        }
    }
}
