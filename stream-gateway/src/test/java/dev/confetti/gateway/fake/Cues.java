package dev.confetti.gateway.fake;

import dev.confetti.gateway.cue.Cue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Gifts for tests. */
public final class Cues {
    public static final Instant SENT_AT = Instant.parse("2026-11-22T10:00:00Z");

    private Cues() {}

    /** One rose of a combo of its own; all ids derive from the number. */
    public static Cue rose(int number) {
        return rose(number, new UUID(2, number), 5);
    }

    public static Cue rose(int number, UUID comboId, long coins) {
        return new Cue(
                List.of(new UUID(1, number)),
                "rose",
                "Rose",
                "http://localhost:8080/gifts/rose.webp",
                1,
                1,
                comboId,
                number,
                "viewer-1",
                "Zoë \"<b>\" 🎉",
                coins,
                SENT_AT,
                number);
    }
}
