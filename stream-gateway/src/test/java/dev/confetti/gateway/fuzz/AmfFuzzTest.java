package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.confetti.gateway.amf.Amf0Reader;
import dev.confetti.gateway.amf.Amf0Writer;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.amf.MalformedAmfException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** AMF0 is refused, or read and written without becoming another or much longer. */
class AmfFuzzTest {
    /** The end markers of objects that a sender forgot, of 3 bytes at each depth. */
    private static final int MOST_ADDED_BYTES = 3 * 16;

    @FuzzTest
    void values(byte[] input) {
        Oracles.inMemoryOf(input, 200, () -> read(input));
    }

    private static void read(byte[] input) {
        List<AmfValue> values;
        try {
            values = Amf0Reader.readAll(Unpooled.wrappedBuffer(input));
        } catch (MalformedAmfException e) {
            Oracles.saysWhatWasExpected(e);
            return;
        }
        ByteBuf written = Unpooled.buffer();
        Amf0Writer.writeAll(written, values);
        assertThat(written.readableBytes()).isLessThanOrEqualTo(input.length + MOST_ADDED_BYTES);
        assertThat(Amf0Reader.readAll(written)).isEqualTo(values);
    }
}
