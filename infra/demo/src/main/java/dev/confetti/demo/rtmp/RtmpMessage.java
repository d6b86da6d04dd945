package dev.confetti.demo.rtmp;

/**
 * One RTMP message.
 *
 * @param type the message type id
 * @param timestampMs 0 to 2^32-1
 * @param streamId the message stream, 0 for the connection itself
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
record RtmpMessage(int type, long timestampMs, int streamId, byte[] body) {
    static final int SET_CHUNK_SIZE = 1;
    static final int ABORT = 2;
    static final int ACKNOWLEDGEMENT = 3;
    static final int USER_CONTROL = 4;
    static final int WINDOW_ACKNOWLEDGEMENT_SIZE = 5;
    static final int AUDIO = 8;
    static final int VIDEO = 9;
    static final int DATA_AMF0 = 18;
    static final int COMMAND_AMF0 = 20;
}
