package dev.confetti.gateway.media;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.VideoConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder must know before the first frame. Immutable.
 *
 * @param version grows with each change; a viewer that missed one is given the headers anew
 */
public record TrackHeaders(
        @Nullable AmfValue metadata,
        @Nullable VideoConfig video,
        @Nullable AudioConfig audio,
        long version) {

    public static final TrackHeaders NONE = new TrackHeaders(null, null, null, 0);

    public TrackHeaders withMetadata(AmfValue newMetadata) {
        return new TrackHeaders(newMetadata, video, audio, version + 1);
    }

    public TrackHeaders withVideo(VideoConfig newVideo) {
        return new TrackHeaders(metadata, newVideo, audio, version + 1);
    }

    public TrackHeaders withAudio(AudioConfig newAudio) {
        return new TrackHeaders(metadata, video, newAudio, version + 1);
    }

    /** A new publisher describes its tracks itself: nothing of the old one's remains. */
    public TrackHeaders cleared() {
        return new TrackHeaders(null, null, null, version + 1);
    }

    /** The same tracks as something newer than that version, which was sent in between. */
    public TrackHeaders after(long sentVersion) {
        return new TrackHeaders(metadata, video, audio, Math.max(version, sentVersion) + 1);
    }
}
