package dev.confetti.gateway.rtmp;

/** A peer that does not keep the RTMP specification, or asks for more than a limit. */
final class RtmpException extends RuntimeException {
    RtmpException(String message) {
        super(message);
    }
}
