package dev.confetti.gateway.media;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.VideoConfig;

/** Where a protocol puts what a publisher sends. */
public interface MediaSink {
    void metadata(AmfValue metadata);

    void videoConfig(VideoConfig config);

    void audioConfig(AudioConfig config);

    /**
     * Takes a frame over, with its reference.
     *
     * @param timestampMs the publisher's own, 32 bit, wrapping
     */
    void frame(int timestampMs, Frame frame);
}
