package dev.confetti.gateway.fake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A small reader of what the gateway writes as CMAF, made from ISO/IEC 14496-12 and without the
 * gateway's own code.
 */
public final class Mp4 {
    private final List<Sample> samples = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> boxes = new ArrayList<>();

    /** Times in the track's own timescale. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sample(long dts, long pts, int duration, boolean sync, byte[] data) {
        public long end() {
            return dts + duration;
        }
    }

    /**
     * An event message with its ID3 tag.
     *
     * @param description of the TXXX frame
     */
    public record Event(long pts, int id, String scheme, String description, String value) {}

    private Mp4() {}

    /** Reads chunks, or whole segments of them. */
    public static Mp4 read(byte[] bytes) {
        Mp4 mp4 = new Mp4();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int moof = -1;
        while (in.hasRemaining()) {
            int start = in.position();
            int size = in.getInt();
            String type = text(in, 4);
            ByteBuffer body = in.slice(start + 8, size - 8);
            mp4.boxes.add(type);
            switch (type) {
                case "styp", "ftyp", "moov" -> {}
                case "emsg" -> mp4.event(body);
                case "moof" -> {
                    check(moof == -1, "a moof without its mdat");
                    moof = start;
                    mp4.fragment(in, body, start, start + size);
                }
                case "mdat" -> {
                    check(moof >= 0, "an mdat without its moof");
                    moof = -1;
                }
                default -> throw new IllegalArgumentException("box " + type);
            }
            in.position(start + size);
        }
        check(moof == -1, "a moof without its mdat");
        return mp4;
    }

    public List<Sample> samples() {
        return samples;
    }

    public List<Event> events() {
        return events;
    }

    /** Types of the outermost boxes, in their order. */
    public List<String> boxes() {
        return boxes;
    }

    private void fragment(ByteBuffer file, ByteBuffer moof, int moofStart, int moofEnd) {
        ByteBuffer traf = child(moof, "traf");
        ByteBuffer tfhd = child(traf, "tfhd");
        check(tfhd.getInt() == 0x020000 && tfhd.getInt() == 1, "tfhd");
        ByteBuffer tfdt = child(traf, "tfdt");
        check(tfdt.getInt() == 0x01000000, "tfdt version");
        long dts = tfdt.getLong();
        ByteBuffer trun = child(traf, "trun");
        int flags = trun.getInt() & 0xffffff;
        int count = trun.getInt();
        check((flags & 1) == 1, "trun without data offset");
        int at = moofStart + trun.getInt();
        check(at == moofEnd + 8, "data that is not right after the moof");
        for (int i = 0; i < count; i++) {
            int duration = trun.getInt();
            byte[] data = new byte[trun.getInt()];
            boolean sync = (flags & 0x400) == 0 || trun.getInt() == 0x02000000;
            int offset = (flags & 0x800) == 0 ? 0 : trun.getInt();
            file.get(at, data);
            at += data.length;
            samples.add(new Sample(dts, dts + offset, duration, sync, data));
            dts += duration;
        }
        check(!trun.hasRemaining(), "a longer trun than its samples");
        check(file.getInt(moofEnd) == at - moofEnd, "another mdat than its samples");
    }

    private void event(ByteBuffer in) {
        check(in.getInt() == 0x01000000, "emsg version");
        check(in.getInt() == 1000, "emsg timescale");
        long pts = in.getLong();
        in.getInt();
        int id = in.getInt();
        String scheme = zeroEnded(in);
        check(zeroEnded(in).isEmpty(), "emsg value");
        check(text(in, 3).equals("ID3") && in.getShort() == 0x0400 && in.get() == 0, "ID3 head");
        check(syncSafe(in) == in.remaining(), "ID3 size");
        check(text(in, 4).equals("TXXX"), "ID3 frame");
        int size = syncSafe(in);
        check(in.getShort() == 0 && size == in.remaining() && in.get() == 3, "TXXX head");
        events.add(new Event(pts, id, scheme, zeroEnded(in), text(in, in.remaining())));
    }

    private static ByteBuffer child(ByteBuffer parent, String wanted) {
        for (int at = 0; at < parent.limit(); at += parent.getInt(at)) {
            if (text(parent.slice(at + 4, 4), 4).equals(wanted)) {
                return parent.slice(at + 8, parent.getInt(at) - 8);
            }
        }
        throw new IllegalArgumentException("no " + wanted);
    }

    private static int syncSafe(ByteBuffer in) {
        return in.get() << 21 | in.get() << 14 | in.get() << 7 | in.get();
    }

    private static String zeroEnded(ByteBuffer in) {
        int length = 0;
        while (in.get(in.position() + length) != 0) {
            length++;
        }
        String text = text(in, length);
        in.get();
        return text;
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
