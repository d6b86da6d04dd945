package dev.confetti.gateway.hls;

import io.netty.buffer.ByteBuf;

/** What becomes of a request. */
public sealed interface HlsReply {
    /**
     * The file.
     *
     * @param cacheControl what caches may do with it
     * @param body owned by who gets the reply
     */
    record Found(String contentType, String cacheControl, ByteBuf body) implements HlsReply {}

    /**
     * A playlist, in whose URIs the request's own query can be put.
     *
     * @param cacheControl what caches may do with it
     */
    record Playlist(String cacheControl, PlaylistText text) implements HlsReply {}

    record Refused(Why why, String detail) implements HlsReply {}

    /** Why not. */
    enum Why {
        /** The directives ask for what cannot be waited for. */
        BAD_REQUEST,
        NOT_FOUND,
        /** Nothing new within the time for which a request waits, or too many wait. */
        UNAVAILABLE
    }
}
