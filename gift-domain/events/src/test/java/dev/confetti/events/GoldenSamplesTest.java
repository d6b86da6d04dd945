package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample ever committed decodes for ever and fits its schema; that of the current revision is
 * written again byte for byte.
 *
 * <p>A sample is {@code TYPE.json}, as it stands in the log, or {@code TYPE.published.json}, as the
 * relay completes it; other words may stand there for further cases. When a type gets a property,
 * its samples stay and new ones with {@code .r2} after the type's name join them.
 */
class GoldenSamplesTest {
    private final SchemaRegistry schemas =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static List<String> everySample() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(GoldenSamplesTest.class.getResource("/golden"))
                                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("everySample")
    void sampleDecodesAndFitsItsSchema(String name) throws IOException {
        EventType type = EventType.named(name.replaceFirst("(\\.v\\d+)\\..*", "$1"));
        String sample = resource("/golden/" + name);

        assertThat(EventCodec.decode(type.typeName(), utf8(sample)))
                .isInstanceOf(type.eventClass());
        assertThat(faults(type, sample)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void currentSampleIsWrittenAgain(EventType type) throws IOException {
        String sample = resource("/golden/" + current(type) + ".json");

        ConfettiEvent event = EventCodec.decode(type.typeName(), utf8(sample));

        assertThat(new String(EventCodec.encode(event), StandardCharsets.UTF_8)).isEqualTo(sample);
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {
                "COINS_GRANTED",
                "PURCHASE_REFUNDED",
                "PAYOUT_REJECTED",
                "PAYOUT_WITHDRAWN",
                "PAYOUT_RESOLUTION_REQUESTED",
                "PAYOUTS_HELD",
                "PAYOUTS_RESUMED",
                "ADJUSTMENT_REQUESTED",
                "ADJUSTMENT_REJECTED",
                "BREAKAGE_RECOGNISED",
                "WALLET_BLOCKED",
                "WALLET_UNBLOCKED",
                "GIFT_SENT",
                "GIFT_REVERSED",
                "LIVE_CREATED"
            })
    void publishedSampleHasWhatTheRelayAdds(EventType type) throws IOException {
        String sample = resource("/golden/" + current(type) + ".published.json");

        ConfettiEvent published = EventCodec.decode(type.typeName(), utf8(sample));
        ConfettiEvent inLog =
                EventCodec.decode(
                        type.typeName(), utf8(resource("/golden/" + current(type) + ".json")));

        assertThat(published).isNotEqualTo(inLog);
        assertThat(published.key()).isEqualTo(inLog.key());
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void schemaRefusesASampleWithoutItsFirstProperty(EventType type) throws IOException {
        String sample = resource("/golden/" + type.typeName() + ".json");
        String broken = sample.replaceFirst("\"[a-zA-Z]+\":(\"[^\"]*\"),?", "");

        assertThat(faults(type, broken)).isNotEmpty();
    }

    /** The name of the sample that has all properties of today. */
    private static String current(EventType type) {
        return switch (type) {
            case COINS_PURCHASED, GIFT_SENT, PAYOUT_SETTLED -> type.typeName() + ".r2";
            case GIFT_REVERSED -> type.typeName() + ".r4";
            default -> type.typeName();
        };
    }

    private List<Error> faults(EventType type, String json) throws IOException {
        return schemas.getSchema(resource("/schemas/" + type.typeName() + ".json"))
                .validate(json, InputFormat.JSON);
    }

    private static String resource(String name) throws IOException {
        try (var in =
                Objects.requireNonNull(GoldenSamplesTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
