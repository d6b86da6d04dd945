package dev.confetti.gateway.codec;

/** The codings of sound that the gateway carries. */
public enum AudioCodec {
    AAC,
    OPUS,
    /** What FLV had before AAC and needs no configuration, such as MP3; for FLV and RTMP only. */
    OTHER
}
