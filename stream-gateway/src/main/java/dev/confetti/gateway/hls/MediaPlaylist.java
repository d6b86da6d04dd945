package dev.confetti.gateway.hls;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one rendition's playlist: RFC 8216bis, 4.4. */
final class MediaPlaylist {
    private static final int VERSION = 9;
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final Rendition rendition;
    private final HlsTargets targets;
    private final long epochMsAtZero;
    private final PlaylistText.Writer out = new PlaylistText.Writer(4096);

    private MediaPlaylist(Rendition rendition, HlsTargets targets, long epochMsAtZero) {
        this.rendition = rendition;
        this.targets = targets;
        this.epochMsAtZero = epochMsAtZero;
    }

    /**
     * The playlist as it is now.
     *
     * @param other the stream's other rendition, of which a report is given; null for none
     * @param epochMsAtZero wall clock at time 0 of the stream's timeline
     * @param skip whether old segments are to be left out (a delta update, 6.2.5.1)
     * @param ended whether nothing more will come
     */
    static PlaylistText write(
            Rendition rendition,
            @Nullable Rendition other,
            HlsTargets targets,
            long epochMsAtZero,
            boolean skip,
            boolean ended) {
        MediaPlaylist playlist = new MediaPlaylist(rendition, targets, epochMsAtZero);
        playlist.write(skip);
        playlist.writeEnd(other, ended);
        return playlist.out.done();
    }

    private void write(boolean skip) {
        List<Segment> segments = new ArrayList<>(rendition.listed());
        Segment open = rendition.open();
        if (open != null) {
            segments.add(open);
        }
        line("#EXTM3U");
        line("#EXT-X-VERSION:" + VERSION);
        line("#EXT-X-TARGETDURATION:" + targets.segmentSeconds());
        line(
                "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK="
                        + seconds(targets.partHoldBackMs())
                        + ",HOLD-BACK="
                        + seconds(targets.holdBackMs())
                        + ",CAN-SKIP-UNTIL="
                        + seconds(targets.skipUntilMs()));
        line("#EXT-X-PART-INF:PART-TARGET=" + seconds(targets.partMs()));
        if (segments.isEmpty()) {
            line("#EXT-X-MEDIA-SEQUENCE:" + rendition.openMsn());
            return;
        }
        Segment first = segments.getFirst();
        line("#EXT-X-MEDIA-SEQUENCE:" + first.msn());
        line(
                "#EXT-X-DISCONTINUITY-SEQUENCE:"
                        + (first.discontinuity() - first.newDiscontinuities()));
        if (segments.stream().allMatch(Segment::independent)) {
            line("#EXT-X-INDEPENDENT-SEGMENTS");
        }
        long afterMs = segments.stream().mapToLong(Segment::durationMs).sum();
        int skipped = 0;
        CmafHeader header = null;
        for (Segment segment : segments) {
            long beforeMs = afterMs;
            afterMs -= segment.durationMs();
            if (skip && afterMs >= targets.skipUntilMs()) {
                skipped++;
                header = segment.header();
                continue;
            }
            if (skipped > 0 && segment.msn() == first.msn() + skipped) {
                line("#EXT-X-SKIP:SKIPPED-SEGMENTS=" + skipped);
            }
            header = tags(segment, header);
            if (afterMs < targets.partsListedMs() || beforeMs == segment.durationMs()) {
                parts(segment);
            }
            if (!isOpen(segment)) {
                line("#EXTINF:" + seconds(segment.durationMs()) + ",");
                out.uri(rendition.track().segment(segment.msn())).append("\n");
            }
        }
    }

    private boolean isOpen(Segment segment) {
        return segment.msn() == rendition.openMsn();
    }

    private CmafHeader tags(Segment segment, @Nullable CmafHeader before) {
        for (int i = 0; i < segment.newDiscontinuities(); i++) {
            line("#EXT-X-DISCONTINUITY");
        }
        if (before == null || before.number() != segment.header().number()) {
            withUri("#EXT-X-MAP:", rendition.track().init(segment.header().number()), "");
        }
        line(
                "#EXT-X-PROGRAM-DATE-TIME:"
                        + DATE_TIME.format(
                                Instant.ofEpochMilli(epochMsAtZero + segment.startMs())));
        return segment.header();
    }

    private void parts(Segment segment) {
        for (int i = 0; i < segment.parts().size(); i++) {
            Part part = segment.parts().get(i);
            withUri(
                    "#EXT-X-PART:DURATION=" + seconds(part.durationMs()) + ",",
                    rendition.track().part(segment.msn(), i),
                    part.independent() ? ",INDEPENDENT=YES" : "");
        }
    }

    private void writeEnd(@Nullable Rendition other, boolean ended) {
        if (ended) {
            line("#EXT-X-ENDLIST");
            return;
        }
        withUri(
                "#EXT-X-PRELOAD-HINT:TYPE=PART,",
                rendition.track().part(rendition.openMsn(), rendition.openParts()),
                "");
        if (other != null && !other.isEmpty()) {
            boolean inOpen = other.openParts() > 0;
            Segment last = other.listed().getLast();
            int lastPart = inOpen ? other.openParts() - 1 : last.parts().size() - 1;
            withUri(
                    "#EXT-X-RENDITION-REPORT:",
                    other.track().playlist(),
                    ",LAST-MSN="
                            + (inOpen ? other.openMsn() : last.msn())
                            + ",LAST-PART="
                            + lastPart);
        }
    }

    private void line(String text) {
        out.append(text).append("\n");
    }

    /** A tag with an attribute {@code URI} among others. */
    private void withUri(String before, String uri, String after) {
        out.append(before).append("URI=\"").uri(uri).append("\"").append(after).append("\n");
    }

    static String seconds(long ms) {
        return ms / 1000 + "." + String.valueOf(1000 + ms % 1000).substring(1);
    }
}
