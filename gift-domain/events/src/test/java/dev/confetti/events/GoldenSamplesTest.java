package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every sample ever committed decodes for ever, fits its schema, and is written again byte for
 * byte.
 */
class GoldenSamplesTest {
    private final SchemaRegistry schemas =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @EnumSource(EventType.class)
    void sampleOfTheLogDecodesAndIsWrittenAgain(EventType type) throws IOException {
        String sample = resource("/golden/" + type.typeName() + ".json");

        ConfettiEvent event = EventCodec.decode(type.typeName(), utf8(sample));

        assertThat(event).isInstanceOf(type.eventClass());
        assertThat(new String(EventCodec.encode(event), StandardCharsets.UTF_8)).isEqualTo(sample);
        assertThat(faults(type, sample)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {
                "COINS_GRANTED",
                "WALLET_BLOCKED",
                "WALLET_UNBLOCKED",
                "GIFT_SENT",
                "GIFT_REVERSED",
                "LIVE_CREATED"
            })
    void publishedSampleHasWhatTheRelayAdds(EventType type) throws IOException {
        String sample = resource("/golden/" + type.typeName() + ".published.json");

        ConfettiEvent published = EventCodec.decode(type.typeName(), utf8(sample));
        ConfettiEvent inLog =
                EventCodec.decode(
                        type.typeName(), utf8(resource("/golden/" + type.typeName() + ".json")));

        assertThat(published).isNotEqualTo(inLog);
        assertThat(published.key()).isEqualTo(inLog.key());
        assertThat(faults(type, sample)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void schemaRefusesASampleWithoutItsFirstProperty(EventType type) throws IOException {
        String sample = resource("/golden/" + type.typeName() + ".json");
        String broken = sample.replaceFirst("\"[a-zA-Z]+\":(\"[^\"]*\"),?", "");

        assertThat(faults(type, broken)).isNotEmpty();
    }

    private java.util.List<com.networknt.schema.Error> faults(EventType type, String json)
            throws IOException {
        return schemas.getSchema(resource("/schemas/" + type.typeName() + ".json"))
                .validate(json, InputFormat.JSON);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(GoldenSamplesTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
