package dev.confetti.gift.policy;

import dev.confetti.gift.earning.PayoutRules;
import dev.confetti.gift.wallet.SpendingRules;
import java.time.Duration;
import java.time.Period;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The operator's policies, each within its range; immutable. */
public final class Policies {
    private final Map<PolicyName, String> texts = new EnumMap<>(PolicyName.class);
    private final Map<PolicyName, Object> values = new EnumMap<>(PolicyName.class);

    private Policies(Map<String, String> chosen) {
        for (PolicyName name : PolicyName.values()) {
            set(name, name.byDefault());
        }
        chosen.forEach((name, text) -> set(PolicyName.named(name), text));
    }

    /**
     * The defaults, with what the operator chose in their place.
     *
     * @param chosen values by name, as after {@code --policy}
     * @throws IllegalArgumentException when a name is unknown or a value out of range; the message
     *     says which, and what was expected
     */
    public static Policies of(Map<String, String> chosen) {
        return new Policies(chosen);
    }

    private void set(PolicyName name, String text) {
        values.put(name, name.parse(text));
        texts.put(name, text.strip());
    }

    /** How long a live without its publisher still takes gifts. */
    public Duration liveGrace() {
        return duration(PolicyName.LIVE_GRACE);
    }

    /** How long a publisher may stay silent before it counts as gone. */
    public Duration publisherLease() {
        return duration(PolicyName.PUBLISHER_LEASE);
    }

    /** How long before it counts a price must be scheduled. */
    public Duration priceLead() {
        return duration(PolicyName.PRICE_LEAD);
    }

    /** How long earnings are held. */
    public Duration earningsHold() {
        return duration(PolicyName.EARNINGS_HOLD);
    }

    /** How long records of payouts to a forgotten person are kept, from the end of their year. */
    public Period payoutRecordsKept() {
        return (Period) require(PolicyName.PAYOUT_RECORDS_KEPT);
    }

    /** What payouts are decided by. */
    public PayoutRules payoutRules() {
        return new PayoutRules(
                number(PolicyName.PAYOUT_MINIMUM_DIAMONDS),
                number(PolicyName.PAYOUT_FEE_MINOR),
                number(PolicyName.UNSTATED_CHARGES_MINOR),
                Math.toIntExact(number(PolicyName.WITHHOLDING_BPS)),
                texts.getOrDefault(PolicyName.PAYOUT_CURRENCY, ""));
    }

    /** What wallets decide by. */
    public SpendingRules spendingRules() {
        return new SpendingRules(
                Math.toIntExact(number(PolicyName.CREATOR_SHARE_BPS)),
                number(PolicyName.RATE_MICROS),
                texts.getOrDefault(PolicyName.PAYOUT_CURRENCY, ""),
                duration(PolicyName.COMBO_WINDOW),
                Math.toIntExact(number(PolicyName.SENDS_PER_SECOND)),
                number(PolicyName.COINS_PER_DAY),
                duration(PolicyName.LIMIT_RAISE_DELAY));
    }

    /**
     * Name to value as published: numbers and truth values as such, all else as the operator wrote
     * it.
     */
    public Map<String, Object> published() {
        Map<String, Object> published = new LinkedHashMap<>();
        values.forEach(
                (name, value) ->
                        published.put(
                                name.published(),
                                value instanceof Long || value instanceof Boolean
                                        ? value
                                        : texts.getOrDefault(name, "")));
        return published;
    }

    private long number(PolicyName name) {
        return (Long) require(name);
    }

    private Duration duration(PolicyName name) {
        return (Duration) require(name);
    }

    private Object require(PolicyName name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("policy " + name.published() + " has no value");
        }
        return value;
    }
}
