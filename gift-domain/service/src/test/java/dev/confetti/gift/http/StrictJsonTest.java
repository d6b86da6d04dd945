package dev.confetti.gift.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
    record Asked(String name, long count, @Nullable List<String> tags) implements JsonRequest {
        Asked {
            if (count < 0) {
                throw new IllegalArgumentException("count " + count + ": expected 0 or more");
            }
        }
    }

    record Chosen(@Stated @Nullable Long most, @Nullable Long least) implements JsonRequest {}

    private static Chosen chosen(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), Chosen.class);
    }

    @Test
    void aStatedNameMayBeNullButNotLeftOut() {
        assertThat(chosen("{\"most\":null}")).isEqualTo(new Chosen(null, null));
        assertThat(chosen("{\"most\":0,\"least\":7}")).isEqualTo(new Chosen(0L, 7L));
        assertThatThrownBy(() -> chosen("{\"mots\":3}"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("most: expected a whole number or null, got nothing");
        assertThatThrownBy(() -> chosen("{\"most\":\"3\"}"))
                .hasMessage("most: expected a whole number or null, got \"3\"");
    }

    record Switched(boolean on) implements JsonRequest {}

    @Test
    void aTruthValueIsTrueOrFalseAndNothingThatLooksLikeIt() {
        assertThat(
                        StrictJson.read(
                                "{\"on\":true}".getBytes(StandardCharsets.UTF_8), Switched.class))
                .isEqualTo(new Switched(true));
        for (String wrong : List.of("\"true\"", "1", "[]", "null")) {
            byte[] json = ("{\"on\":" + wrong + "}").getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> StrictJson.read(json, Switched.class))
                    .hasMessage("on: expected true or false, got " + wrong);
        }
        assertThatThrownBy(
                        () ->
                                StrictJson.read(
                                        "{}".getBytes(StandardCharsets.UTF_8), Switched.class))
                .hasMessage("on: expected true or false, got nothing");
    }

    private static Asked read(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), Asked.class);
    }

    @Test
    void anEmojiIsAWholeCharacterHoweverItIsWritten() {
        assertThat(read("{\"name\":\"a\\ud83d\\ude00\",\"count\":1}").name()).isEqualTo("a😀");
        assertThat(read("{\"name\":\"a😀\",\"count\":1}").name()).isEqualTo("a😀");
    }

    /** What is shown of a value is sent back as UTF-8, which has no half characters. */
    @Test
    void noRefusalShowsHalfACharacter() {
        for (String json :
                List.of(
                        "{\"name\":[\"" + "x".repeat(97) + "😀😀\"],\"count\":1}",
                        "{\"name\":[\"\\ud83d\"],\"count\":1}",
                        "{\"name\":\"\\ud83d\",\"count\":1}",
                        "{\"name\":\"n\",\"count\":\"\\ude00\"}")) {
            assertThatThrownBy(() -> read(json))
                    .isInstanceOf(RefusedException.class)
                    .satisfies(
                            refused ->
                                    assertThat(
                                                    StandardCharsets.UTF_8
                                                            .newEncoder()
                                                            .canEncode(refused.getMessage()))
                                            .as(json)
                                            .isTrue());
        }
    }

    @Test
    void whatFitsIsRead() {
        assertThat(read("{\"name\":\"n\",\"count\":3,\"tags\":[\"a\",\"b\"],\"more\":{}}"))
                .isEqualTo(new Asked("n", 3, List.of("a", "b")));
        assertThat(read("{\"name\":\"n\",\"count\":3}")).isEqualTo(new Asked("n", 3, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"n\",\"count\":\"3\"} | count: expected a whole number, got \"3\"",
                "{\"name\":\"n\",\"count\":1.5} | count: expected a whole number, got 1.5",
                "{\"name\":\"n\",\"count\":1e3} | count: expected a whole number, got 1000.0",
                "{\"name\":\"n\",\"count\":true} | count: expected a whole number, got true",
                "{\"name\":\"n\",\"count\":null} | count: expected a whole number, got null",
                "{\"name\":\"n\"} | count: expected a whole number, got nothing",
                "{\"name\":\"n\",\"count\":99999999999999999999} | count: expected a whole number",
                "{\"name\":\"n\",\"count\":-1} | count -1: expected 0 or more",
                "{\"name\":7,\"count\":1} | name: expected a string, got 7",
                "{\"name\":\"a\\u0000b\",\"count\":1} | name: expected a string without",
                "{\"name\":\"a\\ud83d\",\"count\":1} | name: expected a string of whole characters",
                "{\"name\":\"\\ude00b\",\"count\":1} | name: expected a string of whole characters",
                "{\"name\":\"\\ude00\\ud83d\",\"count\":1} | name: expected a string of whole",
                "{\"name\":\"n\",\"count\":1,\"tags\":[\"a\",\"\\ud83d\"]} | tags[1]: expected a string of",
                "{\"name\":\"n\",\"count\":1,\"tags\":\"x\"} | tags: expected an array of strings",
                "{\"name\":\"n\",\"count\":1,\"tags\":[1]} | tags[0]: expected a string, got 1",
                "{\"name\":\"n\",\"count\":1,\"count\":2} | body: expected a JSON object",
                "{\"name\":\"n\",\"count\":1} x | body: expected a JSON object",
                "{\"name\": | body: expected a JSON object",
                "[] | body: expected a JSON object, got []",
                "`` | body: expected a JSON object, got nothing"
            })
    void whatDoesNotFitIsRefusedByNameValueAndExpectation(String json, String detail) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused ->
                                assertThat(refused.problemType())
                                        .isEqualTo(ProblemType.MALFORMED_REQUEST))
                .hasMessageStartingWith(detail);
    }
}
