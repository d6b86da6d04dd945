package dev.confetti.gift.log;

/** Axon's name of an aggregate, {@code streamType:streamId}, in its two parts. */
public record AggregateName(String streamType, String streamId) {

    /**
     * Takes an aggregate identifier apart.
     *
     * @throws IllegalArgumentException when it has no colon
     */
    public static AggregateName parse(String aggregateIdentifier) {
        int colon = aggregateIdentifier.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "aggregate identifier \""
                            + aggregateIdentifier
                            + "\": expected streamType:streamId");
        }
        return new AggregateName(
                aggregateIdentifier.substring(0, colon), aggregateIdentifier.substring(colon + 1));
    }

    /** The aggregate identifier. */
    @Override
    public String toString() {
        return streamType + ":" + streamId;
    }
}
