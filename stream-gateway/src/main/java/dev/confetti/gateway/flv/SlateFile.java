package dev.confetti.gateway.flv;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.MediaSink;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.slate.Slate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a slate from an FLV file (Adobe FLV 10.1, E.2 to E.4) of H.264, and AAC where it has sound.
 *
 * <p>A file that breaks the format anywhere is refused whole: unlike a publisher's, it can be made
 * again.
 */
public final class SlateFile {
    /** All streams share it, but it is in memory for as long as the gateway runs. */
    private static final int MAX_BYTES = 8 << 20;

    private static final long MIN_MS = 500;
    private static final long MAX_MS = 60_000;

    /** HLS takes two seconds without a picture for a hole in the timeline. */
    private static final long MAX_APART_MS = 1_000;

    /** Who comes in between waits for the next one, and HLS makes its segments of them. */
    private static final long MAX_KEYS_APART_MS = 10_000;

    private static final String BUILT_IN = "/dev/confetti/gateway/slate/slate.flv";
    private static final int SIGNATURE = 'F' << 16 | 'L' << 8 | 'V';
    private static final int FILE_HEADER_BYTES = 9;
    private static final int TAG_HEADER_BYTES = 11;
    private static final int TAG_TYPE = 31;
    private static final int ENCRYPTED = 32;

    private SlateFile() {}

    /** The one that comes with the gateway; without sound. */
    public static Slate builtIn() {
        try (InputStream in = SlateFile.class.getResourceAsStream(BUILT_IN)) {
            return read(Objects.requireNonNull(in, BUILT_IN).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a host's own.
     *
     * @throws IllegalArgumentException when it cannot be read or shown; the message says what was
     *     found and what is expected
     */
    public static Slate read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "expected an FLV file that can be read, or off; found: " + e, e);
        }
    }

    static Slate read(byte[] file) {
        if (file.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "file of more than " + MAX_BYTES + " bytes: expected at most as many");
        }
        GatewayMeters meters = new GatewayMeters();
        Clip clip = new Clip();
        TagReader reader = new TagReader(clip, meters);
        ByteBuf in = Unpooled.wrappedBuffer(file);
        try {
            header(in);
            while (in.isReadable()) {
                tag(in, reader);
                if (meters.unitsMalformed.sum() > 0) {
                    throw new MalformedMediaException(
                            "broken tag before byte " + in.readerIndex() + ": expected whole ones");
                }
            }
        } catch (MalformedMediaException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
        return clip.slate();
    }

    private static void header(ByteBuf in) {
        if (in.readableBytes() < FILE_HEADER_BYTES || in.getUnsignedMedium(0) != SIGNATURE) {
            throw new MalformedMediaException("no FLV file: expected it to begin with FLV");
        }
        long headerBytes = in.getUnsignedInt(5);
        if (headerBytes < FILE_HEADER_BYTES || headerBytes + 4 > in.readableBytes()) {
            throw new MalformedMediaException(
                    "FLV header of "
                            + headerBytes
                            + " bytes: expected 9, and tags after it in a file of "
                            + in.readableBytes());
        }
        in.skipBytes((int) headerBytes + 4);
    }

    private static void tag(ByteBuf in, TagReader reader) {
        int at = in.readerIndex();
        if (in.readableBytes() < TAG_HEADER_BYTES) {
            throw new MalformedMediaException(
                    "FLV file ends in the tag at byte " + at + ": expected whole tags");
        }
        int type = in.readUnsignedByte();
        int bytes = in.readUnsignedMedium();
        int timestampMs = in.readUnsignedMedium() | in.readUnsignedByte() << 24;
        in.skipBytes(3);
        if ((type & ENCRYPTED) != 0) {
            throw new MalformedMediaException(
                    "FLV tag at byte " + at + " is encrypted: expected a plain one");
        }
        if (bytes + 4 > in.readableBytes()) {
            throw new MalformedMediaException(
                    "FLV tag of "
                            + bytes
                            + " bytes at byte "
                            + at
                            + ": expected at most the "
                            + Math.max(0, in.readableBytes() - 4)
                            + " that are left in the file");
        }
        reader.read(type & TAG_TYPE, timestampMs, in.readSlice(bytes));
        in.skipBytes(4);
    }

    /** Gathers what the file has. */
    private static final class Clip implements MediaSink {
        private final List<AccessUnit> pictures = new ArrayList<>();
        private final List<AccessUnit> sound = new ArrayList<>();
        private @Nullable AvcConfig video;
        private @Nullable AacConfig audio;

        @Override
        public void metadata(AmfValue metadata) {}

        @Override
        public void videoConfig(VideoConfig config) {
            if (!(config instanceof AvcConfig avc)) {
                throw new MalformedMediaException(
                        "video codec " + config.codec() + ": expected H.264");
            }
            if (video != null && !video.equals(avc)) {
                throw new MalformedMediaException(
                        "video of two configurations: expected one for the whole file");
            }
            video = avc;
        }

        @Override
        public void audioConfig(AudioConfig config) {
            if (!(config instanceof AacConfig aac)) {
                throw new MalformedMediaException(
                        "audio codec " + config.codec() + ": expected AAC, or no sound");
            }
            if (audio != null && !audio.equals(aac)) {
                throw new MalformedMediaException(
                        "sound of two configurations: expected one for the whole file");
            }
            audio = aac;
        }

        @Override
        public void frame(int timestampMs, Frame frame) {
            switch (frame) {
                case Frame.Video picture -> picture(timestampMs, picture);
                case Frame.Audio packet -> {
                    if (audio == null) {
                        throw new MalformedMediaException(
                                "sound of another codec: expected AAC, or no sound");
                    }
                    add(
                            sound,
                            timestampMs,
                            new Frame.Audio(
                                    packet.codec(), packet.soundFlags(), own(packet.payload())));
                }
                case Frame.Data _ -> {}
            }
        }

        private void picture(int timestampMs, Frame.Video picture) {
            if (pictures.isEmpty() && !picture.key()) {
                throw new MalformedMediaException(
                        "the first picture is no key frame: expected one to begin with");
            }
            add(
                    pictures,
                    timestampMs,
                    new Frame.Video(
                            picture.codec(),
                            picture.ctsMs(),
                            picture.key(),
                            own(picture.payload()),
                            picture.nalLengthBytes(),
                            picture.cueOffset()));
        }

        private static void add(List<AccessUnit> track, int timestampMs, Frame frame) {
            long ms = Integer.toUnsignedLong(timestampMs);
            if (!track.isEmpty() && ms <= track.getLast().dtsMs()) {
                throw new MalformedMediaException(
                        "timestamp "
                                + ms
                                + " ms after "
                                + track.getLast().dtsMs()
                                + " ms: expected a later one");
            }
            track.add(new AccessUnit(ms, frame));
        }

        /** In memory of its own, which nobody has to release. */
        private static ByteBuf own(ByteBuf payload) {
            ByteBuf copy = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(payload));
            payload.release();
            return copy;
        }

        Slate slate() {
            if (video == null || pictures.isEmpty()) {
                throw new IllegalArgumentException("no pictures: expected H.264");
            }
            long beginMs = pictures.getFirst().dtsMs();
            long lengthMs = pictures.getLast().dtsMs() - beginMs;
            // The last picture is shown for as long as the others are on the average.
            long durationMs = lengthMs + Math.ceilDiv(lengthMs, Math.max(1, pictures.size() - 1));
            if (durationMs < MIN_MS || durationMs > MAX_MS) {
                throw new IllegalArgumentException(
                        "length of "
                                + durationMs
                                + " ms: expected "
                                + MIN_MS
                                + " to "
                                + MAX_MS
                                + " ms");
            }
            apart("pictures", pictures, MAX_APART_MS);
            apart(
                    "key frames",
                    pictures.stream().filter(unit -> ((Frame.Video) unit.frame()).key()).toList(),
                    MAX_KEYS_APART_MS);
            List<AccessUnit> units = new ArrayList<>(pictures);
            units.addAll(sound);
            List<AccessUnit> placed =
                    units.stream()
                            .map(unit -> new AccessUnit(unit.dtsMs() - beginMs, unit.frame()))
                            .filter(unit -> unit.dtsMs() >= 0 && unit.dtsMs() < durationMs)
                            .sorted(Comparator.comparingLong(AccessUnit::dtsMs))
                            .toList();
            boolean heard = placed.stream().anyMatch(unit -> !unit.video());
            return new Slate(video, heard ? audio : null, placed, durationMs);
        }

        private static void apart(String what, List<AccessUnit> units, long maxMs) {
            for (int i = 1; i < units.size(); i++) {
                long ms = units.get(i).dtsMs() - units.get(i - 1).dtsMs();
                if (ms > maxMs) {
                    throw new IllegalArgumentException(
                            what
                                    + " "
                                    + ms
                                    + " ms apart at "
                                    + units.get(i - 1).dtsMs()
                                    + " ms: expected at most "
                                    + maxMs);
                }
            }
        }
    }
}
