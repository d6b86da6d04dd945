package dev.confetti.demo.rtmp;

import java.util.Arrays;

/** The publisher's form of a file's metadata: {@code @setDataFrame} before {@code onMetaData}. */
final class Metadata {
    private static final byte[] SET_DATA_FRAME = Amf0.encode("@setDataFrame");

    private Metadata() {}

    static byte[] asSent(byte[] onMetaData) {
        byte[] sent = Arrays.copyOf(SET_DATA_FRAME, SET_DATA_FRAME.length + onMetaData.length);
        System.arraycopy(onMetaData, 0, sent, SET_DATA_FRAME.length, onMetaData.length);
        return sent;
    }
}
