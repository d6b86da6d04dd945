package dev.confetti.gateway.hls;

import dev.confetti.gateway.codec.PictureFormat;
import java.util.Collection;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes a stream's multivariant playlist: RFC 8216bis, 4.4.6. One variant, as it was published.
 */
final class MultivariantPlaylist {
    private static final String GROUP = "audio";

    private MultivariantPlaylist() {}

    /**
     * The playlist of these segments.
     *
     * @param video empty where the stream has no pictures; not both are
     * @param audio empty where it has no sound
     */
    static PlaylistText write(Deque<Segment> video, Deque<Segment> audio) {
        boolean pictures = !video.isEmpty();
        boolean sound = !audio.isEmpty();
        PlaylistText.Writer out =
                new PlaylistText.Writer(512).append("#EXTM3U\n#EXT-X-VERSION:9\n");
        long peak = 0;
        long average = 0;
        String codecs = "";
        String more = "";
        String address = "";
        if (pictures) {
            CmafHeader header = video.getLast().header();
            peak += peakBitsPerSecond(video);
            average += averageBitsPerSecond(video);
            codecs = header.codec();
            PictureFormat format = header.format();
            if (format.widthPx() > 0) {
                more += ",RESOLUTION=" + format.widthPx() + "x" + format.heightPx();
            }
            more += ",FRAME-RATE=" + String.format(Locale.ROOT, "%.3f", frameRate(video));
            address = HlsTrack.VIDEO.playlist();
        }
        if (sound) {
            CmafHeader header = audio.getLast().header();
            peak += peakBitsPerSecond(audio);
            average += averageBitsPerSecond(audio);
            codecs += (pictures ? "," : "") + header.codec();
            if (pictures) {
                out.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"" + GROUP + "\",NAME=\"Audio\"")
                        .append(",DEFAULT=YES,AUTOSELECT=YES");
                if (header.channels() > 0) {
                    out.append(",CHANNELS=\"").append(header.channels()).append("\"");
                }
                out.append(",URI=\"").uri(HlsTrack.AUDIO.playlist()).append("\"\n");
                more += ",AUDIO=\"" + GROUP + "\"";
            } else {
                address = HlsTrack.AUDIO.playlist();
            }
        }
        return out.append("#EXT-X-STREAM-INF:BANDWIDTH=")
                .append(Math.max(peak, 1))
                .append(",AVERAGE-BANDWIDTH=")
                .append(Math.max(average, 1))
                .append(",CODECS=\"")
                .append(codecs)
                .append("\"")
                .append(more)
                .append("\n")
                .uri(address)
                .append("\n")
                .done();
    }

    /** Segments below half the usual length say nothing: 4.4.6.2 leaves them out. */
    private static long peakBitsPerSecond(Collection<Segment> segments) {
        return segments.stream()
                .filter(segment -> segment.durationMs() >= HlsTargets.SEGMENT_MS / 2)
                .mapToLong(segment -> bitsPerSecond(segment.bytes(), segment.durationMs()))
                .max()
                .orElse(averageBitsPerSecond(segments));
    }

    private static long averageBitsPerSecond(Collection<Segment> segments) {
        return bitsPerSecond(
                segments.stream().mapToLong(Segment::bytes).sum(),
                segments.stream().mapToLong(Segment::durationMs).sum());
    }

    private static long bitsPerSecond(long bytes, long ms) {
        return (bytes * 8000 + Math.max(ms, 1) - 1) / Math.max(ms, 1);
    }

    private static double frameRate(Collection<Segment> segments) {
        long ms = segments.stream().mapToLong(Segment::durationMs).sum();
        return segments.stream().mapToLong(Segment::samples).sum() * 1000.0 / Math.max(ms, 1);
    }
}
