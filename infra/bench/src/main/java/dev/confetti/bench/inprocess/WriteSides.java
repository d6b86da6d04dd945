package dev.confetti.bench.inprocess;

import dev.confetti.engines.Engines;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The engines that can be measured against each other. */
public enum WriteSides {
    /** Confetti's own: the whole path behind {@code POST /v1/gift-sends}, with its relay. */
    CONFETTI("confetti") {
        @Override
        WriteSide start(Engines engines) {
            return ConfettiWriteSide.start(engines);
        }
    },
    /** The same wallets on the event storage that comes with Axon; without a relay. */
    AXON_JDBC("axon-jdbc") {
        @Override
        WriteSide start(Engines engines) {
            return AxonJdbcWriteSide.start(engines);
        }
    };

    private final String optionName;

    WriteSides(String optionName) {
        this.optionName = optionName;
    }

    abstract WriteSide start(Engines engines);

    public String optionName() {
        return optionName;
    }

    /**
     * The one of a name.
     *
     * @throws IllegalArgumentException when there is none; the message lists all
     */
    public static WriteSides named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.optionName.equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--engine "
                                                + name
                                                + ": expected "
                                                + Arrays.stream(values())
                                                        .map(WriteSides::optionName)
                                                        .collect(Collectors.joining(" or "))));
    }
}
