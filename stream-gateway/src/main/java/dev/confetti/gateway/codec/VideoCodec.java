package dev.confetti.gateway.codec;

/** The codings of pictures that the gateway carries. */
public enum VideoCodec {
    /** ITU-T H.264. */
    AVC,
    /** ITU-T H.265. */
    HEVC,
    /** AOMedia AV1; its units are OBUs, not NAL units, and it knows no SEI. */
    AV1;

    /** Whether a picture can carry a cue inside itself. */
    public boolean carriesSei() {
        return this != AV1;
    }
}
