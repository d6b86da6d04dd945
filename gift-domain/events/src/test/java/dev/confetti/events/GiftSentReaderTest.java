package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.GiftEvent.GiftSent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The mapper is the model: what the reader reads, and what it leaves, is what the mapper says. */
class GiftSentReaderTest {
    private static final List<String> ODD_VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "7",
                    "1.0",
                    "1.5",
                    "1e3",
                    "2147483648",
                    "9223372036854775808",
                    "\"\"",
                    "\"7\"",
                    "\"1.5\"",
                    "\"1.00001\"",
                    "\"\\u00e9\\ud83c\\udf89\"",
                    "\"0192F3A4-0000-5000-8000-00000000000a\"",
                    "\"0192f3a40000-5000-8000-00000000000-a\"",
                    "\"0192f3a4-0000-5000-8000-00000000000g\"",
                    "\"AZLzpAAAUACAAAAAAAAACg==\"",
                    "[]",
                    "[null]",
                    "[7]",
                    "[{}]",
                    "[{\"coins\":1}]",
                    "[{\"lotId\":\"0192f3a4-0000-5000-8000-000000000001\",\"coins\":null}]",
                    "[{\"more\":[1],\"coins\":1,\"lotId\":\"0192f3a4-0000-5000-8000-000000000001\"}]",
                    "{}",
                    "{\"a\":{\"b\":[1,2]}}");

    @Test
    void whatTheCodecWritesIsReadWithoutTheMapper() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            GiftSent gift = gift(random);
            byte[] json = EventCodec.encode(gift);
            assertThat(read(json)).as("seed %d, gift %d", seed, i).isEqualTo(gift);
        }
    }

    @Test
    void anOddValueIsWhatTheMapperSaysItIs() {
        GiftSent gift = gift(new Random(1));
        for (String field : tree(gift).propertyNames()) {
            for (String value : ODD_VALUES) {
                ObjectNode changed = tree(gift);
                changed.set(field, EventCodec.MAPPER.readTree(value));
                assertSame(changed.toString());
            }
            ObjectNode without = tree(gift);
            without.remove(field);
            assertSame(without.toString());
        }
    }

    @Test
    void anOddTextIsWhatTheMapperSaysItIs() {
        String json = tree(gift(new Random(2))).toString();
        for (int cut = 0; cut < json.length(); cut++) {
            assertSame(json.substring(0, cut));
        }
        String twice = json.substring(0, json.length() - 1) + ",\"coins\":5,\"tier\":1}";
        for (String odd :
                List.of(
                        "",
                        "null",
                        "[]",
                        "[" + json + "]",
                        json + " ",
                        json + "x",
                        json + json,
                        twice,
                        json.replace("{", "{\"colour\":{\"r\":[1,{}]},"),
                        json.replace("\"tier\"", "\"TIER\""),
                        json.replace("\"lots\":[", "\"lots\":[null,"))) {
            assertSame(odd);
        }
    }

    private static void assertSame(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(outcome(() -> EventCodec.decode(EventType.GIFT_SENT, bytes)))
                .as(json)
                .isEqualTo(outcome(() -> EventCodec.decodeAny(EventType.GIFT_SENT, bytes)));
    }

    private interface Decoding {
        ConfettiEvent run();
    }

    private static String outcome(Decoding decoding) {
        try {
            return decoding.run().toString();
        } catch (MalformedEventException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static @Nullable GiftSent read(byte[] json) {
        try (JsonParser parser = EventCodec.MAPPER.createParser(json)) {
            return GiftSentReader.read(parser);
        }
    }

    private static ObjectNode tree(GiftSent gift) {
        JsonNode tree = EventCodec.MAPPER.readTree(EventCodec.encode(gift));
        assertThat(tree.get("lots")).isInstanceOf(ArrayNode.class);
        return (ObjectNode) tree;
    }

    private static GiftSent gift(Random random) {
        List<LotShare> lots = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            lots.add(new LotShare(id(random), random.nextLong()));
        }
        return new GiftSent(
                id(random),
                text(random),
                random.nextBoolean() ? text(random) : null,
                text(random),
                text(random),
                text(random),
                text(random),
                random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                lots,
                random.nextLong(),
                random.nextInt(),
                new Diamonds(random.nextLong()),
                random.nextLong(),
                text(random),
                id(random),
                random.nextInt(),
                random.nextInt(),
                random.nextLong());
    }

    private static UUID id(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 1, 0x2100)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
