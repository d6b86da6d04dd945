package dev.confetti.gateway.slate;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A short clip of H.264 that is shown over and over while a publisher is away. Immutable; all
 * streams share it, and its bytes are never released.
 *
 * @param audio null when it has no sound of its own
 * @param units pictures and packets in decoding order; the first is a key frame at 0
 * @param durationMs after which it begins anew; later than its last unit
 */
public record Slate(
        AvcConfig video, @Nullable AacConfig audio, List<AccessUnit> units, long durationMs) {

    public Slate {
        units = List.copyOf(units);
        boolean begins =
                !units.isEmpty()
                        && units.getFirst().dtsMs() == 0
                        && units.getFirst().frame() instanceof Frame.Video first
                        && first.key();
        if (!begins) {
            throw new IllegalArgumentException("slate: expected a key frame at 0 to begin with");
        }
        if (units.getLast().dtsMs() >= durationMs) {
            throw new IllegalArgumentException(
                    "slate of " + durationMs + " ms: expected more than its last unit's time");
        }
    }

    @Override
    public String toString() {
        return "Slate[%s, %d ms, sound %s]"
                .formatted(video.codecString(), durationMs, audio == null ? "off" : "on");
    }
}
