package dev.confetti.gateway.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** One whole RTMP message; owns its body. */
final class RtmpMessage extends DefaultByteBufHolder {
    static final int SET_CHUNK_SIZE = 1;
    static final int ABORT = 2;
    static final int ACKNOWLEDGEMENT = 3;
    static final int USER_CONTROL = 4;
    static final int WINDOW_ACKNOWLEDGEMENT_SIZE = 5;
    static final int SET_PEER_BANDWIDTH = 6;
    static final int AUDIO = 8;
    static final int VIDEO = 9;
    static final int DATA_AMF3 = 15;
    static final int COMMAND_AMF3 = 17;
    static final int DATA = 18;
    static final int COMMAND = 20;
    static final int AGGREGATE = 22;

    private final int type;
    private final int messageStreamId;
    private final int timestampMs;

    /**
     * @param timestampMs 32 bit, unsigned, wrapping
     */
    RtmpMessage(int type, int messageStreamId, int timestampMs, ByteBuf body) {
        super(body);
        this.type = type;
        this.messageStreamId = messageStreamId;
        this.timestampMs = timestampMs;
    }

    int type() {
        return type;
    }

    int messageStreamId() {
        return messageStreamId;
    }

    int timestampMs() {
        return timestampMs;
    }
}
