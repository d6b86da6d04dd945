package dev.confetti.gateway.stream;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** How long pictures take from the stream to the last viewer's socket. Thread-safe. */
final class DeliveryDelay {
    private final LongAdder nanos = new LongAdder();
    private final LongAdder count = new LongAdder();
    private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);

    void record(long delayNanos) {
        nanos.add(delayNanos);
        count.increment();
        maxNanos.accumulate(delayNanos);
    }

    /** Mean and maximum since the last call. */
    StreamSnapshot.Delay take() {
        long deliveries = count.sumThenReset();
        long sum = nanos.sumThenReset();
        long max = maxNanos.getThenReset();
        return new StreamSnapshot.Delay(deliveries == 0 ? 0 : sum / 1e6 / deliveries, max / 1e6);
    }
}
