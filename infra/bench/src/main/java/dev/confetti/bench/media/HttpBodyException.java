package dev.confetti.bench.media;

/** An answer that is not the stream that was asked for. */
public final class HttpBodyException extends RuntimeException {
    public HttpBodyException(String message) {
        super(message);
    }
}
