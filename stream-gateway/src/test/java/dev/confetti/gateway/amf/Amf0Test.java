package dev.confetti.gateway.amf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.fake.TestMedia;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Amf0Test {
    @Test
    void readsAConnectCommandFromItsBytes() {
        // "connect", 1.0, {app: "live", fpad: false}
        List<AmfValue> values =
                read(
                        "02 0007 636f6e6e656374  00 3ff0000000000000  03 0003 617070 02 0004 6c697665"
                                + "  0004 66706164 01 00  000009");

        assertThat(values)
                .containsExactly(
                        new AmfValue.Text("connect"),
                        new AmfValue.Num(1),
                        new AmfValue.Obj(
                                Map.of(
                                        "app",
                                        new AmfValue.Text("live"),
                                        "fpad",
                                        new AmfValue.Bool(false))));
    }

    @Test
    void readsEveryOtherType() {
        assertThat(read("05 06 0d"))
                .containsExactly(
                        AmfValue.Nothing.NULL, AmfValue.Nothing.UNDEFINED, AmfValue.Nothing.NULL);
        assertThat(read("0a 00000002 01 01 01 00"))
                .containsExactly(
                        new AmfValue.StrictArray(
                                List.of(new AmfValue.Bool(true), new AmfValue.Bool(false))));
        assertThat(read("08 0000ffff 0001 77 00 4094000000000000 000009"))
                .as("the count of an ECMA array is a hint")
                .containsExactly(new AmfValue.EcmaArray(Map.of("w", new AmfValue.Num(1280))));
        assertThat(read("0b 4270000000000000 0000"))
                .containsExactly(new AmfValue.Date(1_099_511_627_776.0));
        assertThat(read("0c 00000002 c3a9")).containsExactly(new AmfValue.Text("é"));
        assertThat(read("10 0003 466f6f 0001 61 01 01 000009"))
                .as("the class name is read over")
                .containsExactly(new AmfValue.Obj(Map.of("a", new AmfValue.Bool(true))));
    }

    @Test
    void writesTheBytesOfTheSpecification() {
        ByteBuf out = Unpooled.buffer();
        Amf0Writer.writeAll(
                out,
                List.of(
                        AmfValue.of("é"),
                        AmfValue.of(1),
                        new AmfValue.Obj(Map.of("a", AmfValue.Nothing.NULL)),
                        new AmfValue.StrictArray(List.of(new AmfValue.Bool(true)))));

        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo(
                        "020002c3a9"
                                + "003ff0000000000000"
                                + "0300016105000009"
                                + "0a000000010101");
    }

    @Test
    void aStringOver65535BytesIsALongOne() {
        String text = "x".repeat(65_536);
        ByteBuf out = Unpooled.buffer();
        Amf0Writer.write(out, AmfValue.of(text));

        assertThat(ByteBufUtil.hexDump(out, 0, 5)).isEqualTo("0c00010000");
        assertThat(Amf0Reader.readAll(out)).containsExactly(new AmfValue.Text(text));
    }

    @Test
    void depthOf20000IsRefusedAndDoesNotKillTheThread() {
        assertThatThrownBy(() -> read("03 0001 61".repeat(20_000)))
                .isInstanceOf(MalformedAmfException.class)
                .hasMessageContaining("deeper than 16");
        assertThatThrownBy(() -> read("0a 00000001".repeat(20_000)))
                .isInstanceOf(MalformedAmfException.class);
    }

    @Test
    void depth16IsFine() {
        assertThat(read("0a 00000001".repeat(15) + "01 01")).hasSize(1);
        assertThatThrownBy(() -> read("0a 00000001".repeat(16) + "01 01"))
                .isInstanceOf(MalformedAmfException.class);
    }

    @Test
    void lengthsBeyondTheMessageAreRefused() {
        assertThatThrownBy(() -> read("02 ffff 6161"))
                .isInstanceOf(MalformedAmfException.class)
                .hasMessageContaining("65535");
        assertThatThrownBy(() -> read("0c ffffffff 6161"))
                .isInstanceOf(MalformedAmfException.class)
                .hasMessageContaining("4294967295");
        assertThatThrownBy(() -> read("0a 7fffffff 05"))
                .isInstanceOf(MalformedAmfException.class)
                .hasMessageContaining("2147483647");
        assertThatThrownBy(() -> read("10 ffff 61")).isInstanceOf(MalformedAmfException.class);
    }

    @Test
    void whatIsNoUtf8BecomesQuestionMarksAndGrowsNowhere() {
        // "Zoë" in ISO 8859-1, half of a character, and a byte that is in no character
        assertThat(read("02 0003 5a6feb  02 0002 e282  02 0001 ff"))
                .containsExactly(AmfValue.of("Zo?"), AmfValue.of("?"), AmfValue.of("?"));
        String longest = "03 ffff" + "ff".repeat(65_535) + "05 000009";
        ByteBuf written = Unpooled.buffer();
        Amf0Writer.writeAll(written, read(longest));
        assertThat(written.readableBytes()).isEqualTo(TestMedia.hex(longest).length);
    }

    @Test
    void moreThan1024ValuesAreRefused() {
        assertThatThrownBy(() -> read("05".repeat(1025)))
                .isInstanceOf(MalformedAmfException.class)
                .hasMessageContaining("1024");
    }

    @Test
    void everyTruncationIsRefusedOrShorter() {
        byte[] whole =
                TestMedia.hex(
                        "02 0001 61 00 3ff0000000000000 0a 00000002 01 01 05 0b 4270000000000000 0000");
        for (int length = 0; length < whole.length; length++) {
            ByteBuf cut = Unpooled.wrappedBuffer(whole, 0, length);
            try {
                assertThat(Amf0Reader.readAll(cut)).hasSizeLessThan(4);
            } catch (MalformedAmfException e) {
                assertThat(e).hasMessageContaining("AMF0");
            }
        }
    }

    @Test
    void unknownMarkersAreRefused() {
        assertThatThrownBy(() -> read("11"))
                .isInstanceOf(MalformedAmfException.class)
                .hasMessageContaining("17");
        assertThatThrownBy(() -> read("07 0000")).isInstanceOf(MalformedAmfException.class);
    }

    private static List<AmfValue> read(String hex) {
        return Amf0Reader.readAll(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }
}
