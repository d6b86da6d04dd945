package dev.confetti.gateway.amf;

/** Bytes that are no AMF0, or more of it than anyone needs. */
public final class MalformedAmfException extends RuntimeException {
    public MalformedAmfException(String message) {
        super(message);
    }
}
