package dev.confetti.gateway.hls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A playlist, written once for all, into whose URIs each request's own query can be put: a player
 * resolves the URIs of a playlist without the playlist's query (RFC 3986, 5.2.2), so what each
 * request needs must stand in each of them.
 */
public final class PlaylistText {
    private final byte[] bytes;

    /** Where URIs end, in bytes, growing. */
    private final int[] uriEnds;

    private PlaylistText(byte[] bytes, int[] uriEnds) {
        this.bytes = bytes;
        this.uriEnds = uriEnds;
    }

    /**
     * The playlist as bytes; the caller owns them.
     *
     * @param query for every URI, such as {@code ?token=…}, ASCII and fit for a quoted string;
     *     empty for none
     */
    public ByteBuf with(String query) {
        if (query.isEmpty()) {
            return Unpooled.wrappedBuffer(bytes);
        }
        byte[] inserted = query.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[bytes.length + uriEnds.length * inserted.length];
        int from = 0;
        int to = 0;
        for (int end : uriEnds) {
            System.arraycopy(bytes, from, whole, to, end - from);
            to += end - from;
            from = end;
            System.arraycopy(inserted, 0, whole, to, inserted.length);
            to += inserted.length;
        }
        System.arraycopy(bytes, from, whole, to, bytes.length - from);
        return Unpooled.wrappedBuffer(whole);
    }

    /** A playlist that is being written: ASCII, as all that stands in ours is. */
    static final class Writer {
        private final StringBuilder text;
        private int[] uriEnds = new int[16];
        private int uris;

        /**
         * @param chars as many as are expected, about
         */
        Writer(int chars) {
            this.text = new StringBuilder(chars);
        }

        Writer append(String more) {
            text.append(more);
            return this;
        }

        Writer append(long number) {
            text.append(number);
            return this;
        }

        /** Appends a URI, which has no query of its own. */
        Writer uri(String uri) {
            text.append(uri);
            if (uris == uriEnds.length) {
                uriEnds = Arrays.copyOf(uriEnds, 2 * uris);
            }
            uriEnds[uris++] = text.length();
            return this;
        }

        PlaylistText done() {
            return new PlaylistText(
                    text.toString().getBytes(StandardCharsets.US_ASCII),
                    Arrays.copyOf(uriEnds, uris));
        }
    }
}
