package dev.confetti.gift.policy;

import dev.confetti.events.MicroUnits;
import dev.confetti.gift.catalogue.Prices;
import dev.confetti.gift.wallet.SpendingRules;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the operator may choose: its published name, its default and its range. */
public enum PolicyName {
    /** How long a creator's earnings are held before they can be paid out. */
    EARNINGS_HOLD("earningsHold", "P7D", new DurationRange(Duration.ZERO, Duration.ofDays(365))),
    /** The fewest whole diamonds of a payout. */
    PAYOUT_MINIMUM_DIAMONDS(
            "payoutMinimumDiamonds", "1000", new NumberRange(1, 1_000_000_000_000L)),
    /** The creator's share of a gift, in basis points. */
    CREATOR_SHARE_BPS("creatorShareBps", "5000", new NumberRange(0, 10_000)),
    /** The most gift sends of one viewer in any second. */
    SENDS_PER_SECOND("sendsPerSecond", "20", new NumberRange(1, 1_000)),
    /** The most coins that one viewer sends in a UTC day; 0: any number. */
    COINS_PER_DAY("coinsPerDay", "0", new NumberRange(0, SpendingRules.MOST_COINS)),
    /** How long after the choice a viewer's own higher limit counts. */
    LIMIT_RAISE_DELAY(
            "limitRaiseDelay", "PT24H", new DurationRange(Duration.ZERO, Duration.ofDays(30))),
    /** How long a live without its publisher still takes gifts before it ends. */
    LIVE_GRACE("liveGrace", "PT60S", new DurationRange(Duration.ZERO, Duration.ofDays(1))),
    /** How long after its last send a combo can be continued. */
    COMBO_WINDOW(
            "comboWindow",
            "PT10S",
            new DurationRange(Duration.ZERO, SpendingRules.LONGEST_COMBO_WINDOW)),
    /** Micro-units of the payout currency per 0.0001 diamond. */
    RATE_MICROS("rateMicros", "1", new NumberRange(0, 1_000_000)),
    /** The currency in which creators are paid. */
    PAYOUT_CURRENCY("payoutCurrency", "USD", new CurrencyCode()),
    /** What a payout costs the creator, in minor units of the payout currency. */
    PAYOUT_FEE_MINOR("payoutFeeMinor", "0", new NumberRange(0, 1_000_000)),
    /**
     * How much less than a payout may come back, in minor units, and still be its return, when the
     * bank says nothing of a return or of charges.
     */
    UNSTATED_CHARGES_MINOR("unstatedChargesMinor", "100", new NumberRange(0, 1_000_000)),
    /** The part of a payout that is kept back as tax, in basis points. */
    WITHHOLDING_BPS("withholdingBps", "0", new NumberRange(0, 10_000)),
    /** How long records of payouts to a forgotten person are kept, from the end of their year. */
    PAYOUT_RECORDS_KEPT("payoutRecordsKept", "P10Y", new YearsRange(0, 30)),
    /** How long before it counts a gift's price must be scheduled. */
    PRICE_LEAD("priceLead", "PT1M", new DurationRange(Prices.LEAST_LEAD, Duration.ofDays(7))),
    /** How long a publisher may stay silent before it counts as gone. */
    PUBLISHER_LEASE(
            "publisherLease",
            "PT10S",
            new DurationRange(Duration.ofMillis(300), Duration.ofMinutes(10))),
    /** Whether leaderboards can be read; the leaderboards read it themselves. */
    BOARDS("boards", "on", new OneOf("on", "off")),
    /** Whether leaderboards show coins beside ranks; the leaderboards read it themselves. */
    BOARD_AMOUNTS("boardAmounts", "true", new TrueOrFalse());

    private final String published;
    private final String byDefault;

    @SuppressWarnings("ImmutableEnumChecker") // records of values that never change
    private final Range range;

    PolicyName(String published, String byDefault, Range range) {
        this.published = published;
        this.byDefault = byDefault;
        this.range = range;
    }

    /** The name in {@code GET /v1/policies} and {@code --policy NAME=VALUE}. */
    public String published() {
        return published;
    }

    String byDefault() {
        return byDefault;
    }

    /**
     * The policy of a name; case and dashes do not count, as in environment variables.
     *
     * @throws IllegalArgumentException when there is none; the message lists all
     */
    static PolicyName named(String name) {
        String plain = plain(name);
        return Arrays.stream(values())
                .filter(policy -> plain(policy.published).equals(plain))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "policy \""
                                                + name
                                                + "\": expected one of "
                                                + Arrays.stream(values())
                                                        .map(PolicyName::published)
                                                        .collect(Collectors.joining(", "))));
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /**
     * The value of a text: a {@link Long}, {@link Boolean}, {@link Duration}, {@link Period} or
     * word.
     */
    Object parse(String text) {
        try {
            return range.parse(text.strip());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "policy "
                            + published
                            + " \""
                            + text
                            + "\": expected "
                            + range.expectation()
                            + ", such as "
                            + byDefault,
                    e);
        }
    }

    private sealed interface Range {
        Object parse(String text);

        String expectation();
    }

    private record NumberRange(long least, long most) implements Range {
        @Override
        public Object parse(String text) {
            long number = Long.parseLong(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        }

        @Override
        public String expectation() {
            return "a whole number from " + least + " to " + most;
        }
    }

    private record DurationRange(Duration least, Duration most) implements Range {
        @Override
        public Object parse(String text) {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("out of range");
            }
            return duration;
        }

        @Override
        public String expectation() {
            return "an ISO 8601 duration from " + least + " to " + most;
        }
    }

    private record YearsRange(int least, int most) implements Range {
        @Override
        public Object parse(String text) {
            Period period = Period.parse(text);
            LocalDate end = LocalDate.EPOCH.plus(period);
            if (period.isNegative()
                    || end.isBefore(LocalDate.EPOCH.plusYears(least))
                    || end.isAfter(LocalDate.EPOCH.plusYears(most))) {
                throw new IllegalArgumentException("out of range");
            }
            return period;
        }

        @Override
        public String expectation() {
            return "an ISO 8601 period from P" + least + "Y to P" + most + "Y";
        }
    }

    private record OneOf(String one, String other) implements Range {
        @Override
        public Object parse(String text) {
            if (!text.equals(one) && !text.equals(other)) {
                throw new IllegalArgumentException("neither");
            }
            return text;
        }

        @Override
        public String expectation() {
            return one + " or " + other;
        }
    }

    private record TrueOrFalse() implements Range {
        @Override
        public Object parse(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("neither");
            };
        }

        @Override
        public String expectation() {
            return "true or false";
        }
    }

    private record CurrencyCode() implements Range {
        @Override
        public Object parse(String text) {
            MicroUnits.inOneMinor(text);
            return text;
        }

        @Override
        public String expectation() {
            return "an ISO 4217 code of a currency with a minor unit";
        }
    }
}
