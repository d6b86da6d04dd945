package dev.confetti.demo.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Amf0Test {
    /** "call", 1.0, {a: true}, null */
    private static final byte[] CALL =
            HexFormat.of()
                    .parseHex(
                            "02000463616c6c" + "003ff0000000000000" + "030001610101000009" + "05");

    @Test
    void writesACommand() {
        assertThat(Amf0.encode("call", 1, Map.of("a", true), null)).isEqualTo(CALL);
    }

    @Test
    void readsACommand() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("a", true);
        assertThat(Amf0.decode(CALL)).containsExactly("call", 1.0, fields, null);
    }

    @Test
    void readsArraysAndDates() throws IOException {
        // ECMA array of one, strict array of two, date.
        byte[] bytes =
                HexFormat.of()
                        .parseHex(
                                "0800000001"
                                        + "00016205"
                                        + "000009"
                                        + "0a000000020505"
                                        + "0b00000000000000000000");
        assertThat(Amf0.decode(bytes)).hasSize(3);
        assertThat(Amf0.decode(bytes).get(1)).isEqualTo(Arrays.asList(null, null));
    }

    @Test
    void refusesEveryCutOfACommandThatIsNotAValuesEnd() {
        for (int length : new int[] {1, 2, 6, 8, 15, 17, 19, 20, 21, 23}) {
            assertThatThrownBy(() -> Amf0.decode(Arrays.copyOf(CALL, length)))
                    .as("cut after %d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ends inside a value");
        }
    }

    @Test
    void refusesDeepNestingAndUnknownMarkers() {
        byte[] deep = new byte[5 * 40];
        for (int i = 0; i < 40; i++) {
            deep[5 * i] = 10;
            deep[5 * i + 4] = 1;
        }
        assertThatThrownBy(() -> Amf0.decode(deep)).hasMessage("AMF0 is nested more than 16 deep");
        assertThatThrownBy(() -> Amf0.decode(new byte[] {0x11}))
                .hasMessage("expected an AMF0 value, got marker 17");
    }
}
