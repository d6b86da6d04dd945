package dev.confetti.gateway.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** A stream's figures for metrics, by name: all of its last snapshot. */
final class StreamGauges {
    private StreamGauges() {}

    static Map<String, DoubleSupplier> of(Supplier<StreamSnapshot> snapshot) {
        Map<String, DoubleSupplier> gauges = new HashMap<>();
        gauges.put("published", () -> snapshot.get().publisher() == null ? 0 : 1);
        gauges.put("slate", () -> snapshot.get().slate() ? 1 : 0);
        gauges.put("viewers", () -> snapshot.get().viewers());
        gauges.put("gift.listeners", () -> snapshot.get().giftListeners());
        gauges.put("video.bits.per.second", () -> snapshot.get().video().bitsPerSecond());
        gauges.put("video.frames.per.second", () -> snapshot.get().video().framesPerSecond());
        gauges.put("video.gop.seconds", () -> snapshot.get().video().gopMs() / 1e3);
        gauges.put("audio.bits.per.second", () -> snapshot.get().audio().bitsPerSecond());
        gauges.put("received.bytes", () -> snapshot.get().receivedBytes());
        gauges.put("sent.bytes", () -> snapshot.get().sentBytes());
        gauges.put("dropped.units", () -> snapshot.get().droppedUnits());
        gauges.put("queued.bytes", () -> snapshot.get().queuedBytes());
        gauges.put("longest.queue.bytes", () -> snapshot.get().longestQueueBytes());
        gauges.put("delivery.mean.seconds", () -> snapshot.get().delay().meanMs() / 1e3);
        gauges.put("delivery.max.seconds", () -> snapshot.get().delay().maxMs() / 1e3);
        gauges.put("cues.queued", () -> snapshot.get().cuesQueued());
        return gauges;
    }
}
