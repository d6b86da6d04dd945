package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.codec.NalUnits;
import dev.confetti.gateway.codec.SeiUserData;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.cue.StampedCue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.Objects;

/**
 * Forged cues are taken out of an access unit, and nothing else is. The first byte chooses the
 * codec and the size of lengths.
 */
class NalFuzzTest {
    private static final int[] LENGTH_BYTES = {1, 2, 4};

    @FuzzTest
    void accessUnits(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        int choice = in.oneByte();
        VideoCodec codec = (choice & 1) == 0 ? VideoCodec.AVC : VideoCodec.HEVC;
        int lengthBytes = LENGTH_BYTES[(choice >> 1) % 3];
        byte[] unit = in.rest();
        UnpooledByteBufAllocator alloc = new UnpooledByteBufAllocator(false, true);
        Oracles.inMemoryOf(input, 300, () -> scrub(alloc, codec, lengthBytes, unit));
        assertThat(alloc.metric().usedHeapMemory()).as("leaked bytes").isZero();
        userData(codec, unit);
    }

    private static void scrub(
            UnpooledByteBufAllocator alloc, VideoCodec codec, int lengthBytes, byte[] unit) {
        byte[] expected = CueFinder.withoutCues(codec, lengthBytes, unit);
        ByteBuf in = alloc.heapBuffer().writeBytes(unit);
        NalUnits.Scrubbed scrubbed;
        try {
            scrubbed = NalUnits.scrub(in, codec, lengthBytes, StampedCue.SEI_UUID);
        } catch (MalformedMediaException e) {
            Oracles.saysWhatWasExpected(e);
            assertThat(expected).as("a unit that can be walked").isNull();
            in.release();
            return;
        }
        assertThat(in.readableBytes()).as("left to read").isEqualTo(unit.length);
        assertThat(ByteBufUtil.getBytes(scrubbed.payload())).isEqualTo(expected);
        assertThat(scrubbed.firstSliceOffset())
                .isBetween(-1, Objects.requireNonNull(expected).length - 1);
        NalUnits.Scrubbed again =
                NalUnits.scrub(scrubbed.payload(), codec, lengthBytes, StampedCue.SEI_UUID);
        assertThat(again.payload()).isEqualTo(scrubbed.payload());
        assertThat(again.firstSliceOffset()).isEqualTo(scrubbed.firstSliceOffset());
        again.payload().release();
        scrubbed.payload().release();
        in.release();
    }

    /** What is written as SEI is read as the same, and any bytes are bearable as SEI. */
    private static void userData(VideoCodec codec, byte[] bytes) {
        var _ = SeiUserData.fromNalUnit(codec, bytes);
        ByteBuf nal = Unpooled.buffer();
        NalUnits.writeSeiHeader(nal, codec, Unpooled.wrappedBuffer(new byte[] {2, 1}), 0);
        byte[] payload = new SeiUserData(StampedCue.SEI_UUID, bytes).toNalPayload();
        SeiUserData read =
                SeiUserData.fromNalUnit(codec, ByteBufUtil.getBytes(nal.writeBytes(payload)));
        assertThat(Objects.requireNonNull(read).uuid()).isEqualTo(StampedCue.SEI_UUID);
        assertThat(read.data()).isEqualTo(bytes);
        assertThat(startCodeAt(payload)).as("start code").isEqualTo(-1);
    }

    private static int startCodeAt(byte[] nal) {
        for (int i = 0; i + 2 < nal.length; i++) {
            if (Arrays.equals(nal, i, i + 2, new byte[2], 0, 2)
                    && nal[i + 2] >= 0
                    && nal[i + 2] <= 2) {
                return i;
            }
        }
        return -1;
    }
}
