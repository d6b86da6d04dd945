package dev.confetti.demo.flv;

/** Bytes that are not FLV; the message says what was found and what was expected. */
public final class FlvFormatException extends RuntimeException {
    public FlvFormatException(String message) {
        super(message);
    }
}
