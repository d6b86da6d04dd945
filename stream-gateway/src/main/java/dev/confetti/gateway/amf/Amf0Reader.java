package dev.confetti.gateway.amf;

import io.netty.buffer.ByteBuf;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the AMF0 values of one message.
 *
 * <p>Nothing is allocated by a declared length: a string must have arrived whole, an array is as
 * long as its values that are there.
 *
 * @see <a href="https://rtmp.veriskope.com/pdf/amf0-file-format-specification.pdf">AMF 0</a>
 */
public final class Amf0Reader {
    /** Real metadata nests two or three deep; recursion without a bound ends in a dead thread. */
    static final int MAX_DEPTH = 16;

    /** Real commands and metadata have fewer than 100 values. */
    static final int MAX_VALUES = 1024;

    private static final int END_OF_OBJECT = 9;

    /**
     * Encoders write text of other encodings too. What is no UTF-8 becomes a question mark, of one
     * byte: U+FFFD has three, and values would grow on their way through.
     */
    private final CharsetDecoder utf8 =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .replaceWith("?");

    private final ByteBuf in;
    private int valuesLeft = MAX_VALUES;

    private Amf0Reader(ByteBuf in) {
        this.in = in;
    }

    /**
     * Reads values until the buffer's end.
     *
     * @throws MalformedAmfException at the first byte that is no AMF0
     */
    public static List<AmfValue> readAll(ByteBuf in) {
        Amf0Reader reader = new Amf0Reader(in);
        List<AmfValue> values = new ArrayList<>();
        while (in.isReadable()) {
            values.add(reader.value(1));
        }
        return values;
    }

    private AmfValue value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new MalformedAmfException(
                    "AMF0 nests deeper than " + MAX_DEPTH + ": expected flatter values");
        }
        if (--valuesLeft < 0) {
            throw new MalformedAmfException(
                    "AMF0 with more than " + MAX_VALUES + " values in one message: expected fewer");
        }
        need(1, "a type marker");
        int marker = in.readUnsignedByte();
        return switch (marker) {
            case 0 -> new AmfValue.Num(number());
            case 1 -> bool();
            case 2 -> new AmfValue.Text(text(shortLength()));
            case 3 -> new AmfValue.Obj(properties(depth));
            case 5, 13 -> AmfValue.Nothing.NULL;
            case 6 -> AmfValue.Nothing.UNDEFINED;
            case 8 -> ecmaArray(depth);
            case 10 -> strictArray(depth);
            case 11 -> date();
            case 12, 15 -> new AmfValue.Text(text(longLength()));
            case 16 -> typedObject(depth);
            default ->
                    throw new MalformedAmfException(
                            "AMF0 type marker "
                                    + marker
                                    + ": expected 0–3, 5, 6, 8, 10–13, 15, 16");
        };
    }

    private double number() {
        need(8, "a number");
        return in.readDouble();
    }

    private AmfValue bool() {
        need(1, "a boolean");
        return new AmfValue.Bool(in.readByte() != 0);
    }

    private AmfValue date() {
        need(10, "a date");
        double millis = in.readDouble();
        in.skipBytes(2);
        return new AmfValue.Date(millis);
    }

    private AmfValue typedObject(int depth) {
        in.skipBytes(checked(shortLength()));
        return new AmfValue.Obj(properties(depth));
    }

    /** The count of an ECMA array is a hint that encoders get wrong; its end marker decides. */
    private AmfValue ecmaArray(int depth) {
        need(4, "an array's count");
        in.skipBytes(4);
        return new AmfValue.EcmaArray(properties(depth));
    }

    private AmfValue strictArray(int depth) {
        need(4, "an array's count");
        long count = in.readUnsignedInt();
        if (count > valuesLeft || count > in.readableBytes()) {
            throw new MalformedAmfException(
                    "AMF0 array of "
                            + count
                            + " values in "
                            + in.readableBytes()
                            + " bytes: expected at most "
                            + MAX_VALUES
                            + " that are there");
        }
        List<AmfValue> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(value(depth + 1));
        }
        return new AmfValue.StrictArray(values);
    }

    /** Properties up to the end marker; an encoder that forgot the marker ends with the message. */
    private Map<String, AmfValue> properties(int depth) {
        Map<String, AmfValue> properties = new LinkedHashMap<>();
        while (in.isReadable()) {
            String name = text(shortLength());
            if (name.isEmpty()
                    && in.isReadable()
                    && in.getUnsignedByte(in.readerIndex()) == END_OF_OBJECT) {
                in.skipBytes(1);
                return properties;
            }
            properties.put(name, value(depth + 1));
        }
        return properties;
    }

    private int shortLength() {
        need(2, "a string's length");
        return in.readUnsignedShort();
    }

    private long longLength() {
        need(4, "a string's length");
        return in.readUnsignedInt();
    }

    private String text(long lengthBytes) {
        int bytes = checked(lengthBytes);
        try {
            String text = utf8.decode(in.nioBuffer(in.readerIndex(), bytes)).toString();
            in.skipBytes(bytes);
            return text;
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("whatever is no UTF-8 is replaced", e);
        }
    }

    private int checked(long lengthBytes) {
        if (lengthBytes > in.readableBytes()) {
            throw new MalformedAmfException(
                    "AMF0 string of "
                            + lengthBytes
                            + " bytes: expected at most the "
                            + in.readableBytes()
                            + " that are left in the message");
        }
        return (int) lengthBytes;
    }

    private void need(int bytes, String what) {
        if (in.readableBytes() < bytes) {
            throw new MalformedAmfException(
                    "AMF0 message ends inside " + what + ": expected " + bytes + " more bytes");
        }
    }
}
