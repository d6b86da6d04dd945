package dev.confetti.bench.media;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Reads one HTTP/1.1 answer from bytes in any split, and hands on its body: chunked, or to the
 * connection's end. Not thread-safe.
 */
public final class HttpBody {
    private static final int MAX_HEAD_BYTES = 16_384;
    private static final int MAX_CHUNK_LINE_BYTES = 64;

    private enum State {
        HEAD,
        PLAIN,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        ENDED
    }

    private final Consumer<ByteBuffer> body;
    private final StringBuilder line = new StringBuilder();
    private State state = State.HEAD;
    private long chunkLeft;

    /**
     * @param body gets each piece of the body; must read all of it
     */
    public HttpBody(Consumer<ByteBuffer> body) {
        this.body = body;
    }

    /** Whether a chunked body has said that it is complete. */
    public boolean ended() {
        return state == State.ENDED;
    }

    /**
     * Reads all of the bytes.
     *
     * @throws HttpBodyException when the answer is not 200, or not HTTP
     */
    public void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (state) {
                case HEAD -> head(bytes);
                case PLAIN -> body.accept(bytes);
                case CHUNK_SIZE -> chunkSize(bytes);
                case CHUNK -> chunk(bytes);
                case CHUNK_END -> {
                    if (lineEnds(bytes, MAX_CHUNK_LINE_BYTES, "\n")) {
                        line.setLength(0);
                        state = State.CHUNK_SIZE;
                    }
                }
                case ENDED -> bytes.position(bytes.limit());
            }
        }
    }

    private void head(ByteBuffer bytes) {
        if (!lineEnds(bytes, MAX_HEAD_BYTES, "\r\n\r\n")) {
            return;
        }
        String head = line.toString();
        line.setLength(0);
        String status = head.substring(0, head.indexOf('\r'));
        if (!status.matches("HTTP/1\\.[01] 200( .*)?")) {
            throw new HttpBodyException("expected HTTP/1.1 200, got " + status);
        }
        state =
                head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked\r\n")
                        ? State.CHUNK_SIZE
                        : State.PLAIN;
    }

    private void chunkSize(ByteBuffer bytes) {
        if (!lineEnds(bytes, MAX_CHUNK_LINE_BYTES, "\n")) {
            return;
        }
        String text = line.toString().strip();
        line.setLength(0);
        int extension = text.indexOf(';');
        try {
            chunkLeft = Long.parseLong(extension < 0 ? text : text.substring(0, extension), 16);
        } catch (NumberFormatException e) {
            throw new HttpBodyException("expected the size of a chunk in hexadecimal, got " + text);
        }
        state = chunkLeft == 0 ? State.ENDED : State.CHUNK;
    }

    private void chunk(ByteBuffer bytes) {
        int count = (int) Math.min(chunkLeft, bytes.remaining());
        ByteBuffer part = bytes.slice(bytes.position(), count);
        bytes.position(bytes.position() + count);
        body.accept(part);
        chunkLeft -= count;
        if (chunkLeft == 0) {
            state = State.CHUNK_END;
        }
    }

    /** Gathers bytes until they end in the given text; false when more are needed. */
    private boolean lineEnds(ByteBuffer bytes, int most, String end) {
        while (bytes.hasRemaining()) {
            line.append((char) (bytes.get() & 0xff));
            int from = line.length() - end.length();
            if (from >= 0 && line.indexOf(end, from) == from) {
                return true;
            }
            if (line.length() == most) {
                throw new HttpBodyException(
                        "expected the end of a line or head within "
                                + most
                                + " bytes, got "
                                + line.substring(0, 40));
            }
        }
        return false;
    }
}
