package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.amf.Amf0Writer;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.flv.FourCc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server says: control messages, command results, states. */
final class Replies {
    private static final int STREAM_BEGIN = 0;
    private static final int STREAM_EOF = 1;
    private static final int PING_RESPONSE = 7;
    private static final int LIMIT_DYNAMIC = 2;
    private static final double CAPABILITIES = 31;

    /** FourCcInfoMask of Enhanced RTMP 2. */
    private static final double CAN_FORWARD = 4;

    /** CapsExMask: ModEx is understood. Of several tracks one is carried, so that is not said. */
    private static final double CAPS_EX_MOD_EX = 4;

    private Replies() {}

    static ByteBuf acknowledgement(ByteBufAllocator alloc, int receivedBytes) {
        return control(
                alloc, RtmpMessage.ACKNOWLEDGEMENT, Unpooled.buffer(4).writeInt(receivedBytes));
    }

    /** After how many bytes the client is to acknowledge. */
    static ByteBuf windowAcknowledgementSize(ByteBufAllocator alloc, int bytes) {
        return control(
                alloc, RtmpMessage.WINDOW_ACKNOWLEDGEMENT_SIZE, Unpooled.buffer(4).writeInt(bytes));
    }

    /** Windows and chunk size, which go before the answer to {@code connect}. */
    static ByteBuf beforeConnectResult(ByteBufAllocator alloc) {
        ByteBuf out = alloc.buffer(64);
        append(
                out,
                RtmpMessage.WINDOW_ACKNOWLEDGEMENT_SIZE,
                Unpooled.buffer(4).writeInt(Acknowledger.DEFAULT_WINDOW_BYTES));
        append(
                out,
                RtmpMessage.SET_PEER_BANDWIDTH,
                Unpooled.buffer(5)
                        .writeInt(Acknowledger.DEFAULT_WINDOW_BYTES)
                        .writeByte(LIMIT_DYNAMIC));
        append(
                out,
                RtmpMessage.SET_CHUNK_SIZE,
                Unpooled.buffer(4).writeInt(ChunkWriter.CHUNK_BYTES));
        return out;
    }

    static ByteBuf streamBegin(ByteBufAllocator alloc) {
        return userControl(alloc, STREAM_BEGIN, RtmpMuxer.MESSAGE_STREAM);
    }

    static ByteBuf streamEof(ByteBufAllocator alloc) {
        return userControl(alloc, STREAM_EOF, RtmpMuxer.MESSAGE_STREAM);
    }

    static ByteBuf pong(ByteBufAllocator alloc, int timestamp) {
        return userControl(alloc, PING_RESPONSE, timestamp);
    }

    private static ByteBuf userControl(ByteBufAllocator alloc, int event, int value) {
        return control(
                alloc,
                RtmpMessage.USER_CONTROL,
                Unpooled.buffer(6).writeShort(event).writeInt(value));
    }

    private static ByteBuf control(ByteBufAllocator alloc, int type, ByteBuf body) {
        ByteBuf out = alloc.buffer(32);
        append(out, type, body);
        return out;
    }

    private static void append(ByteBuf out, int type, ByteBuf body) {
        ChunkWriter.write(out, ChunkWriter.CONTROL_CHUNK_STREAM, type, 0, 0, body);
        body.release();
    }

    static ByteBuf connected(ByteBufAllocator alloc, double transaction) {
        Map<String, AmfValue> server = new LinkedHashMap<>();
        server.put("fmsVer", AmfValue.of("FMS/3,5,3,888"));
        server.put("capabilities", AmfValue.of(CAPABILITIES));
        List<String> fourCcs = new ArrayList<>(FourCc.VIDEO);
        fourCcs.addAll(FourCc.AUDIO);
        server.put(
                "fourCcList",
                new AmfValue.StrictArray(fourCcs.stream().map(AmfValue::of).toList()));
        server.put("videoFourCcInfoMap", forwarded(FourCc.VIDEO));
        server.put("audioFourCcInfoMap", forwarded(FourCc.AUDIO));
        server.put("capsEx", AmfValue.of(CAPS_EX_MOD_EX));
        Map<String, AmfValue> info =
                info("status", "NetConnection.Connect.Success", "Connection succeeded.");
        info.put("objectEncoding", AmfValue.of(0));
        return command(
                alloc, 0, "_result", transaction, new AmfValue.Obj(server), new AmfValue.Obj(info));
    }

    private static AmfValue forwarded(List<String> fourCcs) {
        Map<String, AmfValue> map = new LinkedHashMap<>();
        fourCcs.forEach(fourCc -> map.put(fourCc, AmfValue.of(CAN_FORWARD)));
        return new AmfValue.Obj(map);
    }

    static ByteBuf result(ByteBufAllocator alloc, double transaction, AmfValue value) {
        return command(alloc, 0, "_result", transaction, AmfValue.Nothing.NULL, value);
    }

    static ByteBuf error(
            ByteBufAllocator alloc, double transaction, String code, String description) {
        return command(
                alloc,
                0,
                "_error",
                transaction,
                AmfValue.Nothing.NULL,
                new AmfValue.Obj(info("error", code, description)));
    }

    /**
     * @param level {@code status} or {@code error}
     */
    static ByteBuf status(ByteBufAllocator alloc, String level, String code, String description) {
        return command(
                alloc,
                RtmpMuxer.MESSAGE_STREAM,
                "onStatus",
                0,
                AmfValue.Nothing.NULL,
                new AmfValue.Obj(info(level, code, description)));
    }

    static ByteBuf onFcPublish(ByteBufAllocator alloc) {
        return announcement(alloc, "onFCPublish", "NetStream.Publish.Start");
    }

    static ByteBuf onFcSubscribe(ByteBufAllocator alloc) {
        return announcement(alloc, "onFCSubscribe", "NetStream.Play.Start");
    }

    private static ByteBuf announcement(ByteBufAllocator alloc, String name, String code) {
        return command(
                alloc,
                0,
                name,
                0,
                AmfValue.Nothing.NULL,
                new AmfValue.Obj(info("status", code, name)));
    }

    private static Map<String, AmfValue> info(String level, String code, String description) {
        Map<String, AmfValue> info = new LinkedHashMap<>();
        info.put("level", AmfValue.of(level));
        info.put("code", AmfValue.of(code));
        info.put("description", AmfValue.of(description));
        return info;
    }

    private static ByteBuf command(
            ByteBufAllocator alloc,
            int messageStream,
            String name,
            double transaction,
            AmfValue... values) {
        ByteBuf body = Unpooled.buffer(256);
        Amf0Writer.writeAll(body, List.of(AmfValue.of(name), AmfValue.of(transaction)));
        Amf0Writer.writeAll(body, Arrays.asList(values));
        ByteBuf out = alloc.buffer(body.readableBytes() + 16);
        ChunkWriter.write(
                out, ChunkWriter.COMMAND_CHUNK_STREAM, RtmpMessage.COMMAND, messageStream, 0, body);
        body.release();
        return out;
    }
}
