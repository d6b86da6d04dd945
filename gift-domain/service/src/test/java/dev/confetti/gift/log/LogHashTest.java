package dev.confetti.gift.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogHashTest {

    /** The literal was computed by a few lines of another language from the documented encoding. */
    @Test
    void theFirstRowsHashIsTheDocumentedOne() {
        byte[] hash = new LogHash().next(LogHash.genesis(), row("{\"coins\":5}"), null);

        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo("5e2055407521814cd76080dc6da7a99a3b5b1473058e86e3689c89ecb9e98a25");
    }

    @Test
    void theNextRowsHashCoversTheOneBeforeAndMetadata() {
        LogHash chain = new LogHash();
        byte[] first = chain.next(LogHash.genesis(), row("{\"coins\":5}"), null);

        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        chain.next(
                                                first,
                                                row("{\"coins\":6}"),
                                                "m".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("494874536cb43671bea0340cc61a2a1168dd35fbfe102e0308a57fb0d70184b3");
    }

    @Test
    void noMetadataIsNotTheSameAsEmptyMetadata() {
        LogHash chain = new LogHash();

        assertThat(chain.next(LogHash.genesis(), row("{}"), null))
                .isNotEqualTo(chain.next(LogHash.genesis(), row("{}"), new byte[0]));
    }

    private static LogRecord row(String payload) {
        return new LogRecord(
                1,
                UUID.fromString("8b0b5a1e-5f3f-4c55-9d8e-2f1a60c5d7b4"),
                "wallet",
                "ann",
                0,
                "confetti.test.v1",
                payload.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-11-22T12:00:00.000001Z"),
                Instant.parse("2026-11-22T12:00:00.000002Z"));
    }
}
