package dev.confetti.gateway.cmaf;

import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.PictureFormat;
import dev.confetti.gateway.codec.VideoConfig;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * CMAF headers (ISO/IEC 23000-19, 7.3.1): what a decoder must know before the first chunk of a
 * track. Each holds one track, with id 1.
 */
public final class InitSegment {
    static final int TRACK_ID = 1;

    /**
     * The stream's timeline counts milliseconds, so both tracks do: every time is a whole number.
     */
    public static final int TIMESCALE = 1000;

    private static final int UNDETERMINED_LANGUAGE = 0x55c4;
    private static final int ENABLED_IN_MOVIE = 3;
    private static final int SELF_CONTAINED = 1;
    private static final int FULL_VOLUME = 0x0100;
    private static final int NORMAL_RATE = 0x0001_0000;
    private static final int[] UNITY_MATRIX = {
        0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000
    };

    private InitSegment() {}

    /** A picture track. */
    public static void write(ByteBuf out, VideoConfig config) {
        PictureFormat format = config.pictureFormat();
        write(
                out,
                true,
                format.widthPx(),
                format.heightPx(),
                stsd -> SampleEntry.write(stsd, config));
    }

    /** A sound track. */
    public static void write(ByteBuf out, AudioConfig config) {
        write(out, false, 0, 0, stsd -> SampleEntry.write(stsd, config));
    }

    private static void write(
            ByteBuf out, boolean video, int width, int height, Consumer<ByteBuf> sampleEntry) {
        int ftyp = Box.begin(out, "ftyp");
        brands(out, "iso6", "iso6", "cmf2", "mp41");
        Box.end(out, ftyp);
        int moov = Box.begin(out, "moov");
        int mvhd = Box.begin(out, "mvhd", 0, 0);
        out.writeLong(0).writeInt(TIMESCALE).writeInt(0);
        out.writeInt(NORMAL_RATE).writeShort(FULL_VOLUME).writeZero(10);
        matrix(out);
        out.writeZero(24).writeInt(TRACK_ID + 1);
        Box.end(out, mvhd);
        int trak = Box.begin(out, "trak");
        int tkhd = Box.begin(out, "tkhd", 0, ENABLED_IN_MOVIE);
        out.writeLong(0).writeInt(TRACK_ID).writeZero(4).writeInt(0).writeZero(12);
        out.writeShort(video ? 0 : FULL_VOLUME).writeZero(2);
        matrix(out);
        out.writeInt(width << 16).writeInt(height << 16);
        Box.end(out, tkhd);
        media(out, video, sampleEntry);
        Box.end(out, trak);
        int mvex = Box.begin(out, "mvex");
        int trex = Box.begin(out, "trex", 0, 0);
        out.writeInt(TRACK_ID).writeInt(1).writeInt(0).writeInt(0);
        out.writeInt(video ? 0 : Sample.SYNC_FLAGS);
        Box.end(out, trex);
        Box.end(out, mvex);
        Box.end(out, moov);
    }

    private static void media(ByteBuf out, boolean video, Consumer<ByteBuf> sampleEntry) {
        int mdia = Box.begin(out, "mdia");
        int mdhd = Box.begin(out, "mdhd", 0, 0);
        out.writeLong(0).writeInt(TIMESCALE).writeInt(0);
        out.writeShort(UNDETERMINED_LANGUAGE).writeShort(0);
        Box.end(out, mdhd);
        int hdlr = Box.begin(out, "hdlr", 0, 0);
        out.writeInt(0).writeBytes(ascii(video ? "vide" : "soun")).writeZero(12);
        Box.text(out, video ? "video" : "audio");
        Box.end(out, hdlr);
        int minf = Box.begin(out, "minf");
        int header = video ? Box.begin(out, "vmhd", 0, 1) : Box.begin(out, "smhd", 0, 0);
        out.writeZero(video ? 8 : 4);
        Box.end(out, header);
        int dinf = Box.begin(out, "dinf");
        int dref = Box.begin(out, "dref", 0, 0);
        out.writeInt(1);
        Box.end(out, Box.begin(out, "url ", 0, SELF_CONTAINED));
        Box.end(out, dref);
        Box.end(out, dinf);
        int stbl = Box.begin(out, "stbl");
        int stsd = Box.begin(out, "stsd", 0, 0);
        out.writeInt(1);
        sampleEntry.accept(out);
        Box.end(out, stsd);
        empty(out, "stts", 4);
        empty(out, "stsc", 4);
        empty(out, "stsz", 8);
        empty(out, "stco", 4);
        Box.end(out, stbl);
        Box.end(out, minf);
        Box.end(out, mdia);
    }

    /** A table without entries: the samples are in the chunks. */
    private static void empty(ByteBuf out, String type, int bytes) {
        int box = Box.begin(out, type, 0, 0);
        out.writeZero(bytes);
        Box.end(out, box);
    }

    private static void matrix(ByteBuf out) {
        for (int value : UNITY_MATRIX) {
            out.writeInt(value);
        }
    }

    static void brands(ByteBuf out, String major, String... compatible) {
        out.writeBytes(ascii(major)).writeInt(0);
        for (String brand : compatible) {
            out.writeBytes(ascii(brand));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
