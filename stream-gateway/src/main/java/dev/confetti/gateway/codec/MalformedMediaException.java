package dev.confetti.gateway.codec;

/** Media that does not keep its own format, or a codec that the gateway does not carry. */
public final class MalformedMediaException extends RuntimeException {
    public MalformedMediaException(String message) {
        super(message);
    }
}
