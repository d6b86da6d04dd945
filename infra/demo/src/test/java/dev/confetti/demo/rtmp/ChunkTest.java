package dev.confetti.demo.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ChunkTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void writesAFullHeaderAndTheStreamIdLittleEndian() throws IOException {
        assertThat(written(new RtmpMessage(9, 0x010203, 1, new byte[] {7, 8})))
                .isEqualTo("06" + "010203" + "000002" + "09" + "01000000" + "0708");
    }

    @Test
    void repeatsAnExtendedTimeInEveryChunk() throws IOException {
        String hex = written(new RtmpMessage(9, 0x1_0000_0000L + 0xff_ffff, 1, new byte[130]));
        assertThat(hex)
                .isEqualTo(
                        "06ffffff0000820901000000"
                                + "00ffffff"
                                + "00".repeat(128)
                                + "c6"
                                + "00ffffff"
                                + "0000");
    }

    private static String written(RtmpMessage message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ChunkWriter(out).write(6, message);
        return HEX.formatHex(out.toByteArray());
    }

    @Test
    void readsEveryHeaderType() throws IOException {
        ChunkReader reader =
                reader(
                        "03"
                                + "00000a"
                                + "000001"
                                + "14"
                                + "01000000"
                                + "aa"
                                + "43"
                                + "000005"
                                + "000002"
                                + "14"
                                + "bbbb"
                                + "83"
                                + "000007"
                                + "cccc"
                                + "c3"
                                + "dddd");
        expect(reader.next(), 10, "aa");
        expect(reader.next(), 15, "bbbb");
        expect(reader.next(), 22, "cccc");
        expect(reader.next(), 29, "dddd");
        assertThat(reader.bytesRead()).isEqualTo(13 + 10 + 6 + 3);
        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    }

    private static void expect(RtmpMessage message, long timestampMs, String body) {
        assertThat(message.timestampMs()).isEqualTo(timestampMs);
        assertThat(message.streamId()).isEqualTo(1);
        assertThat(HEX.formatHex(message.body())).isEqualTo(body);
    }

    @Test
    void followsTheChunkSizeAndInterleavedStreams() throws IOException {
        // Chunk size 2; then a message of three bytes on stream 3 with one of stream 4 in between.
        ChunkReader reader =
                reader(
                        "02"
                                + "000000"
                                + "000004"
                                + "01"
                                + "00000000"
                                + "00000002"
                                + "03"
                                + "000000"
                                + "000003"
                                + "14"
                                + "00000000"
                                + "0102"
                                + "04"
                                + "000000"
                                + "000001"
                                + "12"
                                + "00000000"
                                + "ff"
                                + "c3"
                                + "03");
        assertThat(reader.next().body()).containsExactly(0xff);
        assertThat(reader.next().body()).containsExactly(1, 2, 3);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> reader("c3").next())
                .hasMessageContaining("expected a full header first on chunk stream 3");
        assertThatThrownBy(() -> reader("03" + "000000" + "ffffff" + "14" + "00000000").next())
                .hasMessage("expected a message of at most 1048576 bytes, got 16777215");
        assertThatThrownBy(
                        () ->
                                reader("02" + "000000" + "000004" + "01" + "00000000" + "00000000")
                                        .next())
                .hasMessage("expected a chunk size of 1 or more, got 0");
    }

    private static ChunkReader reader(String hex) {
        return new ChunkReader(new ByteArrayInputStream(HEX.parseHex(hex)));
    }
}
