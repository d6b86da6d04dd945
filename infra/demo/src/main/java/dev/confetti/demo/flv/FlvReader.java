package dev.confetti.demo.flv;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Reads FLV from bytes that come in any split, and hands on each tag as it is complete. Not
 * thread-safe.
 *
 * <p>Adobe Flash Video File Format Specification 10.1, annex E. A body's buffer grows with what has
 * arrived, never by the declared length.
 */
public final class FlvReader {
    private static final int FILE_HEADER_BYTES = 9;
    private static final int PREVIOUS_SIZE_BYTES = 4;
    private static final int TAG_HEADER_BYTES = 11;
    private static final byte[] NO_BODY = {};

    private enum State {
        FILE_HEADER,
        PREVIOUS_SIZE,
        TAG_HEADER,
        BODY
    }

    private final Consumer<FlvTag> tags;
    private final boolean keepBodies;
    private final byte[] header = new byte[TAG_HEADER_BYTES];
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private State state = State.FILE_HEADER;
    private int headerFilled;
    private long previousTagBytes;
    private int type;
    private long timestampMs;
    private int bodyBytes;
    private int bodyRead;

    /**
     * @param tags called on the feeding thread for each complete tag
     * @param keepBodies false leaves each tag's body empty, for readers that only count
     */
    public FlvReader(Consumer<FlvTag> tags, boolean keepBodies) {
        this.tags = tags;
        this.keepBodies = keepBodies;
    }

    /**
     * Reads all of the bytes.
     *
     * @throws FlvFormatException when they are not FLV; the reader is then of no more use
     */
    public void feed(ByteBuffer bytes) {
        while (step(bytes)) {}
    }

    /** Whether the bytes so far end at the end of a tag. */
    public boolean atTagEnd() {
        return headerFilled == 0 && (state == State.PREVIOUS_SIZE || state == State.TAG_HEADER);
    }

    /** One step; false when more bytes are needed. */
    private boolean step(ByteBuffer bytes) {
        return switch (state) {
            case FILE_HEADER -> fill(bytes, FILE_HEADER_BYTES) && fileHeader();
            case PREVIOUS_SIZE -> fill(bytes, PREVIOUS_SIZE_BYTES) && previousSize();
            case TAG_HEADER -> fill(bytes, TAG_HEADER_BYTES) && tagHeader();
            case BODY -> body(bytes);
        };
    }

    private boolean fill(ByteBuffer bytes, int wanted) {
        int count = Math.min(wanted - headerFilled, bytes.remaining());
        bytes.get(header, headerFilled, count);
        headerFilled += count;
        if (headerFilled < wanted) {
            return false;
        }
        headerFilled = 0;
        return true;
    }

    private boolean fileHeader() {
        if (header[0] != 'F' || header[1] != 'L' || header[2] != 'V' || header[3] != 1) {
            throw new FlvFormatException(
                    "expected an FLV file of version 1 (46 4c 56 01), got %02x %02x %02x %02x"
                            .formatted(header[0], header[1], header[2], header[3]));
        }
        long declared = unsigned32(5);
        if (declared != FILE_HEADER_BYTES) {
            throw new FlvFormatException("expected an FLV header of 9 bytes, got " + declared);
        }
        state = State.PREVIOUS_SIZE;
        return true;
    }

    private boolean previousSize() {
        long declared = unsigned32(0);
        if (declared != previousTagBytes) {
            throw new FlvFormatException(
                    "expected the previous tag's size to be "
                            + previousTagBytes
                            + ", got "
                            + declared);
        }
        state = State.TAG_HEADER;
        return true;
    }

    private boolean tagHeader() {
        type = header[0] & 0x1f;
        if (type != FlvTag.AUDIO && type != FlvTag.VIDEO && type != FlvTag.SCRIPT) {
            throw new FlvFormatException(
                    "expected a tag of type 8, 9 or 18, got " + (header[0] & 0xff));
        }
        bodyBytes = unsigned24(1);
        timestampMs = unsigned24(4) | (header[7] & 0xffL) << 24;
        bodyRead = 0;
        body.reset();
        state = State.BODY;
        return true;
    }

    private boolean body(ByteBuffer bytes) {
        int count = Math.min(bodyBytes - bodyRead, bytes.remaining());
        if (keepBodies) {
            byte[] part = new byte[count];
            bytes.get(part);
            body.write(part, 0, count);
        } else {
            bytes.position(bytes.position() + count);
        }
        bodyRead += count;
        if (bodyRead < bodyBytes) {
            return false;
        }
        previousTagBytes = TAG_HEADER_BYTES + (long) bodyBytes;
        state = State.PREVIOUS_SIZE;
        tags.accept(
                new FlvTag(
                        type, timestampMs, bodyBytes, keepBodies ? body.toByteArray() : NO_BODY));
        return true;
    }

    private int unsigned24(int at) {
        return (header[at] & 0xff) << 16 | (header[at + 1] & 0xff) << 8 | (header[at + 2] & 0xff);
    }

    private long unsigned32(int at) {
        return (header[at] & 0xffL) << 24 | unsigned24(at + 1);
    }
}
