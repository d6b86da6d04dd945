package dev.confetti.gateway.amf;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes AMF0 values. */
public final class Amf0Writer {
    private static final int MAX_SHORT_STRING_BYTES = 0xffff;

    private Amf0Writer() {}

    public static void writeAll(ByteBuf out, List<AmfValue> values) {
        values.forEach(value -> write(out, value));
    }

    /** Writes one value with its type marker; a string of more than 65,535 bytes as a long one. */
    public static void write(ByteBuf out, AmfValue value) {
        switch (value) {
            case AmfValue.Num num -> out.writeByte(0).writeDouble(num.value());
            case AmfValue.Bool bool -> out.writeByte(1).writeByte(bool.value() ? 1 : 0);
            case AmfValue.Text text -> text(out, text.value());
            case AmfValue.Obj object -> {
                out.writeByte(3);
                properties(out, object.properties());
            }
            case AmfValue.EcmaArray array -> {
                out.writeByte(8).writeInt(array.properties().size());
                properties(out, array.properties());
            }
            case AmfValue.StrictArray array -> {
                out.writeByte(10).writeInt(array.values().size());
                writeAll(out, array.values());
            }
            case AmfValue.Date date -> out.writeByte(11).writeDouble(date.millis()).writeShort(0);
            case AmfValue.Nothing nothing ->
                    out.writeByte(nothing == AmfValue.Nothing.NULL ? 5 : 6);
        }
    }

    private static void text(ByteBuf out, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_SHORT_STRING_BYTES) {
            out.writeByte(12).writeInt(utf8.length).writeBytes(utf8);
        } else {
            out.writeByte(2).writeShort(utf8.length).writeBytes(utf8);
        }
    }

    private static void properties(ByteBuf out, Map<String, AmfValue> properties) {
        properties.forEach(
                (name, value) -> {
                    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                    if (utf8.length > MAX_SHORT_STRING_BYTES) {
                        throw new MalformedAmfException(
                                "AMF0 property name of "
                                        + utf8.length
                                        + " bytes: expected at most "
                                        + MAX_SHORT_STRING_BYTES);
                    }
                    out.writeShort(utf8.length).writeBytes(utf8);
                    write(out, value);
                });
        out.writeMedium(9);
    }
}
