package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final Envelope ENVELOPE =
            new Envelope(
                    812,
                    799,
                    UUID.fromString("0192f3a4-0000-5000-8000-000000000004"),
                    "confetti.gift-sent.v1",
                    "Lk3xA9",
                    Instant.parse("2026-01-04T10:15:30.123Z"),
                    Instant.parse("2026-01-04T10:15:30.125Z"));

    @Test
    void headersAreThoseOfCloudEventsBinaryMode() {
        Map<String, byte[]> headers = ENVELOPE.toHeaders();

        assertThat(headers.keySet())
                .containsExactly(
                        "content-type",
                        "ce_specversion",
                        "ce_id",
                        "ce_source",
                        "ce_type",
                        "ce_subject",
                        "ce_time",
                        "ce_recordedat",
                        "ce_position",
                        "ce_previous");
        assertThat(text(headers, "content-type")).isEqualTo("application/json");
        assertThat(text(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(text(headers, "ce_id")).isEqualTo("0192f3a4-0000-5000-8000-000000000004");
        assertThat(text(headers, "ce_source")).isEqualTo("/confetti/log");
        assertThat(text(headers, "ce_type")).isEqualTo("confetti.gift-sent.v1");
        assertThat(text(headers, "ce_subject")).isEqualTo("Lk3xA9");
        assertThat(text(headers, "ce_time")).isEqualTo("2026-01-04T10:15:30.123Z");
        assertThat(text(headers, "ce_recordedat")).isEqualTo("2026-01-04T10:15:30.125Z");
        assertThat(text(headers, "ce_position")).isEqualTo("812");
        assertThat(text(headers, "ce_previous")).isEqualTo("799");
    }

    @Test
    void comesBackFromItsHeaders() {
        assertThat(Envelope.fromHeaders(ENVELOPE.toHeaders()::get)).isEqualTo(ENVELOPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_specversion",
                "ce_id",
                "ce_type",
                "ce_subject",
                "ce_time",
                "ce_recordedat",
                "ce_position",
                "ce_previous"
            })
    void missingHeaderIsNamed(String name) {
        Map<String, byte[]> headers = ENVELOPE.toHeaders();
        headers.remove(name);

        assertThatThrownBy(() -> Envelope.fromHeaders(headers::get))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion,0.3",
        "ce_id,7",
        "ce_time,yesterday",
        "ce_recordedat,1767521730",
        "ce_position,8x",
        "ce_previous,812",
        "ce_previous,-1"
    })
    void unreadableHeaderIsNamedWithItsValue(String name, String value) {
        Map<String, byte[]> headers = ENVELOPE.toHeaders();
        headers.put(name, value.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Envelope.fromHeaders(headers::get))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(value);
    }

    private static String text(Map<String, byte[]> headers, String name) {
        return new String(headers.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }
}
