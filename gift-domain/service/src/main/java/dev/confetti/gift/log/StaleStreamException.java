package dev.confetti.gift.log;

/**
 * Somebody else appended to the stream first; nothing was appended. Load the stream again, decide
 * again.
 */
public final class StaleStreamException extends RuntimeException {
    private final String streamType;
    private final String streamId;
    private final long expectedSequence;
    private final long actualNext;

    /**
     * @param expectedSequence the sequence that the new event came with
     * @param actualNext the sequence that the stream's next event must have
     */
    public StaleStreamException(
            String streamType, String streamId, long expectedSequence, long actualNext) {
        super(
                "sequence "
                        + expectedSequence
                        + " of stream "
                        + streamType
                        + ":"
                        + streamId
                        + ": expected "
                        + actualNext
                        + "; nothing was appended, load the stream again");
        this.streamType = streamType;
        this.streamId = streamId;
        this.expectedSequence = expectedSequence;
        this.actualNext = actualNext;
    }

    public String streamType() {
        return streamType;
    }

    public String streamId() {
        return streamId;
    }

    public long expectedSequence() {
        return expectedSequence;
    }

    public long actualNext() {
        return actualNext;
    }
}
