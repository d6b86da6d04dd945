package dev.confetti.gateway.hls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of an output can be fetched at a moment, and by which rules of RFC 8216bis, 6.2.5.
 *
 * @param video null while there have been no pictures
 * @param audio null while there has been no sound
 * @param targets null before the first segment; then only what is malformed may be asked
 * @param epochMsAtZero wall clock at time 0 of the stream's timeline
 * @param ended whether nothing more will come
 * @param texts the playlists that have been written since the last part; filled here
 */
record HlsFiles(
        @Nullable Rendition video,
        @Nullable Rendition audio,
        @Nullable HlsTargets targets,
        long epochMsAtZero,
        boolean ended,
        Map<Text, PlaylistText> texts) {
    /** Every name of a segment, part or header is for one content. */
    private static final String CACHE_FOR_EVER = "public, max-age=3600, immutable";

    private static final String CACHE_NOT = "no-cache";
    private static final Deque<Segment> NO_SEGMENTS = new ArrayDeque<>(1);

    record Text(HlsTrack track, boolean skip) {}

    /** The reply as of now; null when the request has to wait. */
    @Nullable HlsReply reply(HlsRequest request) {
        return switch (request) {
            case HlsRequest.Multivariant _ -> multivariant();
            case HlsRequest.Playlist asked -> {
                Rendition rendition = rendition(asked.track());
                yield rendition == null
                        ? notFound("live has no " + asked.track().label())
                        : playlist(asked, rendition, Objects.requireNonNull(targets));
            }
            case HlsRequest.Init(HlsTrack track, long number) -> init(rendition(track), number);
            case HlsRequest.Segment(HlsTrack track, long msn) -> segment(rendition(track), msn);
            case HlsRequest.Part asked -> part(asked, rendition(asked.track()));
            case HlsRequest.Malformed(String detail) ->
                    new HlsReply.Refused(HlsReply.Why.BAD_REQUEST, detail);
        };
    }

    private @Nullable Rendition rendition(HlsTrack track) {
        return switch (track) {
            case VIDEO -> video;
            case AUDIO -> audio;
        };
    }

    private @Nullable HlsReply multivariant() {
        Deque<Segment> pictures = video == null ? NO_SEGMENTS : video.listed();
        Deque<Segment> sound = audio == null ? NO_SEGMENTS : audio.listed();
        boolean both = video != null && audio != null;
        boolean some = !pictures.isEmpty() || !sound.isEmpty();
        // A track that has begun is waited for, but not for ever.
        boolean oneMissing = both && (pictures.isEmpty() || sound.isEmpty());
        if (!some || (oneMissing && !ended && pictures.size() + sound.size() < 2)) {
            return null;
        }
        return new HlsReply.Playlist(CACHE_NOT, MultivariantPlaylist.write(pictures, sound));
    }

    private @Nullable HlsReply playlist(
            HlsRequest.Playlist asked, Rendition rendition, HlsTargets promised) {
        long msn = asked.msn();
        int part = asked.part();
        if (!ended) {
            if (rendition.isEmpty()) {
                return null; // a playlist without a segment is taken for a broken one
            }
            long openMsn = rendition.openMsn();
            if (msn > openMsn + 1
                    || (msn == openMsn
                            && part >= rendition.openParts() + promised.advancePartLimit())) {
                return new HlsReply.Refused(
                        HlsReply.Why.BAD_REQUEST,
                        "_HLS_msn="
                                + msn
                                + (part < 0 ? "" : " with _HLS_part=" + part)
                                + ": expected at most segment "
                                + (openMsn + 1)
                                + ", and parts of segment "
                                + openMsn
                                + " below "
                                + (rendition.openParts() + promised.advancePartLimit()));
            }
            if (!reached(rendition, msn, part)) {
                return null;
            }
        }
        PlaylistText text =
                texts.computeIfAbsent(
                        new Text(asked.track(), asked.skip()),
                        key ->
                                MediaPlaylist.write(
                                        rendition,
                                        asked.track() == HlsTrack.VIDEO ? audio : video,
                                        promised,
                                        epochMsAtZero,
                                        key.skip(),
                                        ended));
        // An answer to a directive says what that directive asked for, whenever it is looked at.
        String cache =
                msn < 0 || ended
                        ? "public, max-age=1"
                        : "public, max-age=" + promised.skipUntilMs() / 1000;
        return new HlsReply.Playlist(cache, text);
    }

    /** A part beyond a segment's last one is the first of the next segment: 6.2.5.2. */
    private static boolean reached(Rendition rendition, long msn, int part) {
        if (msn < rendition.openMsn()) {
            Segment segment = rendition.segment(msn);
            boolean beyond =
                    segment != null
                            && part >= segment.parts().size()
                            && msn == rendition.openMsn() - 1;
            return !beyond || rendition.openParts() > 0;
        }
        return msn == rendition.openMsn() && part >= 0 && part < rendition.openParts();
    }

    private static HlsReply init(@Nullable Rendition rendition, long number) {
        CmafHeader header = rendition == null ? null : rendition.cmafHeader(number);
        return rendition == null || header == null
                ? notFound("no segment needs header " + number + " any more, or yet")
                : found(
                        rendition.track().contentType(),
                        CACHE_FOR_EVER,
                        Unpooled.wrappedBuffer(header.bytes()));
    }

    private static HlsReply segment(@Nullable Rendition rendition, long msn) {
        Segment segment = rendition == null ? null : rendition.segment(msn);
        return rendition == null || segment == null
                ? notFound("segment " + msn + " is gone, or not complete yet")
                : found(rendition.track().contentType(), CACHE_FOR_EVER, segment.body());
    }

    private @Nullable HlsReply part(HlsRequest.Part asked, @Nullable Rendition rendition) {
        String what = "part " + asked.part() + " of segment " + asked.msn();
        if (rendition == null) {
            return notFound(what + ": live has no " + asked.track().label());
        }
        Segment segment = rendition.withParts(asked.msn());
        if (segment != null && asked.part() < segment.parts().size()) {
            return found(
                    rendition.track().contentType(),
                    CACHE_FOR_EVER,
                    segment.parts().get(asked.part()).bytes().retainedDuplicate());
        }
        boolean announced =
                asked.msn() == rendition.openMsn() && asked.part() == rendition.openParts();
        return announced && !ended
                ? null
                : notFound(what + " is gone, or further off than the next one");
    }

    private static HlsReply found(String contentType, String cacheControl, ByteBuf body) {
        return new HlsReply.Found(contentType, cacheControl, body);
    }

    static HlsReply notFound(String detail) {
        return new HlsReply.Refused(HlsReply.Why.NOT_FOUND, detail);
    }
}
