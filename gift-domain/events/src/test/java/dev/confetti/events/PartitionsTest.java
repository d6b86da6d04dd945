package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionsTest {
    /** Keys of each length modulo 4, with a hash below and above 0, and beyond ASCII. */
    @ParameterizedTest
    @CsvSource({
        "'', 9",
        "a, 4",
        "21, 0",
        "abc, 3",
        "foobar, 6",
        "2026-11, 1",
        "viewer-7, 10",
        "1010:bank, 10",
        "a-little-bit-long-string, 8",
        "a-little-bit-longer-string, 11",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, 5",
        "ü, 2",
        "日本語, 10"
    })
    void aKeyIsWhereEveryClientOfKafkaPutsIt(String key, int partition) {
        assertThat(Partitions.of(key)).isEqualTo(partition);
    }
}
