package dev.confetti.demo.rtmp;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * AMF0 values to bytes and back: numbers are {@link Double}, objects and ECMA arrays are maps in
 * order, strict arrays lists, null and undefined null. The part of AMF0 that RTMP commands use;
 * anything else is refused.
 */
final class Amf0 {
    /** Commands are flat; this only keeps a hostile server from our stack. */
    private static final int MAX_DEPTH = 16;

    private static final int NUMBER = 0;
    private static final int BOOLEAN = 1;
    private static final int STRING = 2;
    private static final int OBJECT = 3;
    private static final int NULL = 5;
    private static final int UNDEFINED = 6;
    private static final int ECMA_ARRAY = 8;
    private static final int OBJECT_END = 9;
    private static final int STRICT_ARRAY = 10;
    private static final int DATE = 11;
    private static final int LONG_STRING = 12;

    private Amf0() {}

    static byte[] encode(@Nullable Object... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Object value : values) {
                write(out, value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte(NULL);
            case Number n -> {
                out.writeByte(NUMBER);
                out.writeDouble(n.doubleValue());
            }
            case Boolean b -> {
                out.writeByte(BOOLEAN);
                out.writeBoolean(b);
            }
            case String s -> {
                out.writeByte(STRING);
                writeText(out, s);
            }
            case Map<?, ?> map -> {
                out.writeByte(OBJECT);
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    writeText(out, String.valueOf(entry.getKey()));
                    write(out, entry.getValue());
                }
                out.writeShort(0);
                out.writeByte(OBJECT_END);
            }
            default -> throw new IllegalArgumentException("no AMF0 form for " + value.getClass());
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xffff) {
            throw new IllegalArgumentException(
                    "expected at most 65535 bytes of text, got " + utf8.length);
        }
        out.writeShort(utf8.length);
        out.write(utf8);
    }

    /**
     * Reads values up to the end of the bytes.
     *
     * @throws IOException when they are not AMF0
     */
    static List<@Nullable Object> decode(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<@Nullable Object> values = new ArrayList<>();
        try {
            while (in.hasRemaining()) {
                values.add(read(in, 0));
            }
        } catch (BufferUnderflowException e) {
            throw new IOException("AMF0 ends inside a value, after " + bytes.length + " bytes", e);
        }
        return values;
    }

    private static @Nullable Object read(ByteBuffer in, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("AMF0 is nested more than " + MAX_DEPTH + " deep");
        }
        int marker = in.get() & 0xff;
        return switch (marker) {
            case NUMBER -> in.getDouble();
            case BOOLEAN -> in.get() != 0;
            case STRING -> text(in, in.getShort() & 0xffff);
            case LONG_STRING -> text(in, in.getInt());
            case NULL, UNDEFINED -> null;
            case OBJECT -> object(in, depth);
            case ECMA_ARRAY -> {
                in.getInt();
                yield object(in, depth);
            }
            case STRICT_ARRAY -> array(in, depth);
            case DATE -> {
                double ms = in.getDouble();
                in.getShort();
                yield ms;
            }
            default -> throw new IOException("expected an AMF0 value, got marker " + marker);
        };
    }

    private static Map<String, @Nullable Object> object(ByteBuffer in, int depth)
            throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (true) {
            String name = text(in, in.getShort() & 0xffff);
            if (name.isEmpty() && in.hasRemaining() && in.get(in.position()) == OBJECT_END) {
                in.get();
                return fields;
            }
            fields.put(name, read(in, depth + 1));
        }
    }

    private static List<@Nullable Object> array(ByteBuffer in, int depth) throws IOException {
        int count = in.getInt();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(read(in, depth + 1));
        }
        return values;
    }

    private static String text(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        String text =
                new String(
                        in.array(),
                        in.arrayOffset() + in.position(),
                        length,
                        StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
