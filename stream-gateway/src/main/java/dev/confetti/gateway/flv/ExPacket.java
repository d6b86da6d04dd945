package dev.confetti.gateway.flv;

import dev.confetti.gateway.codec.MalformedMediaException;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The one packet that is carried of a tag with an extended header: Enhanced RTMP 2, "Enhanced
 * Video" and "Enhanced Audio".
 *
 * @param type one of the constants
 * @param fourCc the codec
 * @param payload a part of the tag's body, without a reference of its own
 */
record ExPacket(int type, int fourCc, ByteBuf payload) {
    static final int SEQUENCE_START = 0;
    static final int CODED_FRAMES = 1;
    static final int SEQUENCE_END = 2;
    static final int VIDEO_CODED_FRAMES_X = 3;
    static final int VIDEO_METADATA = 4;
    static final int VIDEO_MPEG2_TS_SEQUENCE_START = 5;
    static final int VIDEO_MULTITRACK = 6;
    static final int AUDIO_MULTICHANNEL_CONFIG = 4;
    static final int AUDIO_MULTITRACK = 5;

    private static final int MOD_EX = 7;
    private static final int ONE_TRACK = 0;
    private static final int MANY_TRACKS_MANY_CODECS = 2;

    /** The track that is most important, and the only one that is carried. */
    private static final int MAIN_TRACK = 0;

    /**
     * Passes over the extensions of a packet (ModEx), such as nanoseconds, which our timeline does
     * not have.
     *
     * @param type as the tag's first byte names it
     * @return the packet's own type
     * @throws MalformedMediaException when one ends outside the tag
     */
    static int afterModEx(ByteBuf body, int type) {
        int actual = type;
        while (actual == MOD_EX) {
            need(body, 1, "the size of a ModEx");
            int bytes = body.readUnsignedByte() + 1;
            if (bytes == 256) {
                need(body, 2, "the size of a ModEx");
                bytes = body.readUnsignedShort() + 1;
            }
            need(body, bytes + 1, "a ModEx");
            body.skipBytes(bytes);
            actual = body.readUnsignedByte() & 15;
        }
        return actual;
    }

    /**
     * Reads the codec and, where there are several tracks, chooses.
     *
     * @param body after the packet's type and its ModEx
     * @param multitrack the type that says there are several tracks
     * @param otherTracks counts packets of tracks that are left out
     * @return null when there is nothing of the main track
     * @throws MalformedMediaException when a length points outside the tag
     */
    static @Nullable ExPacket read(ByteBuf body, int type, int multitrack, LongAdder otherTracks) {
        if (type != multitrack) {
            return new ExPacket(type, fourCc(body), body);
        }
        need(body, 1, "the kind of multitrack");
        int kindAndType = body.readUnsignedByte();
        int kind = kindAndType >> 4;
        if (kind > MANY_TRACKS_MANY_CODECS) {
            throw new MalformedMediaException("multitrack of kind " + kind + ": expected 0 to 2");
        }
        int innerType = kindAndType & 15;
        int fourCc = kind == MANY_TRACKS_MANY_CODECS ? 0 : fourCc(body);
        ExPacket main = null;
        do {
            fourCc = kind == MANY_TRACKS_MANY_CODECS ? fourCc(body) : fourCc;
            need(body, 1, "a track's number");
            int track = body.readUnsignedByte();
            int bytes = body.readableBytes();
            if (kind != ONE_TRACK) {
                need(body, 3, "a track's size");
                bytes = body.readUnsignedMedium();
                need(body, bytes, "track " + track);
            }
            ByteBuf payload = body.readSlice(bytes);
            if (track == MAIN_TRACK && main == null) {
                main = new ExPacket(innerType, fourCc, payload);
            } else {
                otherTracks.increment();
            }
        } while (body.isReadable());
        return main;
    }

    private static int fourCc(ByteBuf body) {
        need(body, 4, "the codec's FourCC");
        return body.readInt();
    }

    private static void need(ByteBuf body, int bytes, String what) {
        if (body.readableBytes() < bytes) {
            throw new MalformedMediaException(
                    "tag ends inside "
                            + what
                            + ": expected "
                            + bytes
                            + " bytes, "
                            + body.readableBytes()
                            + " are left");
        }
    }
}
