package dev.confetti.gateway.stream;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The current GOP in one wire format, as pieces of the log's segments; a viewer that joins gets
 * slices of them. Owns one reference for each piece.
 */
final class GopPieces {
    private static final class Piece {
        final ByteBuf owner;
        final int start;
        int end;

        Piece(ByteBuf owner, int start, int end) {
            this.owner = owner.retain();
            this.start = start;
            this.end = end;
        }
    }

    private final List<Piece> pieces = new ArrayList<>();
    private long version = -1;
    private boolean open;

    /**
     * Adds bytes of a segment.
     *
     * @param begins whether a new GOP begins with them; else they are passed over unless one is
     *     open
     * @param headersVersion of the track headers after them
     */
    @SuppressWarnings("ReferenceEquality") // the same memory is meant, not the same content
    void add(ByteBuf owner, int start, int end, boolean begins, long headersVersion) {
        if (begins) {
            clear();
            open = true;
        }
        if (!open || start == end) {
            return;
        }
        version = headersVersion;
        Piece last = pieces.isEmpty() ? null : pieces.getLast();
        if (last != null && last.owner == owner && last.end == start) {
            last.end = end;
        } else {
            pieces.add(new Piece(owner, start, end));
        }
    }

    void freeze() {
        open = false;
    }

    void clear() {
        pieces.forEach(piece -> piece.owner.release());
        pieces.clear();
        open = false;
        version = -1;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Version of the track headers after the last piece. */
    long version() {
        return version;
    }

    void retainInto(List<ByteBuf> out) {
        for (Piece piece : pieces) {
            out.add(piece.owner.retainedSlice(piece.start, piece.end - piece.start));
        }
    }
}
