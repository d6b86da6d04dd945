package dev.confetti.board.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PositionPrefixTest {

    @Test
    void theLastCharacterIsTheLastSixBitsOfTheComplement() {
        assertThat(PositionPrefix.of(0)).isEqualTo("zzzzzzzz");
        assertThat(PositionPrefix.of(1)).isEqualTo("zzzzzzzy");
        assertThat(PositionPrefix.of(63)).isEqualTo("zzzzzzz-");
        assertThat(PositionPrefix.of(64)).isEqualTo("zzzzzzyz");
        assertThat(PositionPrefix.of((1L << 48) - 1)).isEqualTo("--------");
    }

    @Test
    void laterPositionsSortBeforeEarlierOnesByteForByte() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long a = random.nextLong(1L << (1 + random.nextInt(48)));
            long b = random.nextLong(1L << (1 + random.nextInt(48)));
            int order =
                    Arrays.compareUnsigned(
                            bytes(PositionPrefix.of(a)), bytes(PositionPrefix.of(b)));
            assertThat(Integer.signum(order)).as("seed %d", seed).isEqualTo(Long.compare(b, a));
            assertThat(PositionPrefix.positionOf(PositionPrefix.of(a) + "id")).isEqualTo(a);
        }
    }

    @Test
    void aPositionThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> PositionPrefix.of(1L << 48))
                .hasMessage("position 281474976710656: expected 0 to 281474976710655");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
