package dev.confetti.gift.relay;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Properties that are added to an event's JSON without reading it: they go in before its closing
 * brace. Immutable.
 */
public final class ExtraFields {
    private static final ExtraFields NONE = new ExtraFields(new byte[0]);

    /** {@code "name":value} by commas. */
    private final byte[] json;

    private ExtraFields(byte[] json) {
        this.json = json;
    }

    public static ExtraFields none() {
        return NONE;
    }

    /** These and one more. The event must not have the property already. */
    public ExtraFields with(String name, String value) {
        return withJson(name, quoted(value));
    }

    /** These and one more, a list of texts. */
    public ExtraFields with(String name, List<String> values) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        array.write('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                array.write(',');
            }
            array.writeBytes(quoted(values.get(i)));
        }
        array.write(']');
        return withJson(name, array.toByteArray());
    }

    /**
     * The event with the properties added; the event itself when there are none.
     *
     * @throws IllegalArgumentException when it does not end as a JSON object does
     */
    public byte[] addedTo(byte[] event) {
        if (json.length == 0) {
            return event;
        }
        int brace = lastNonBlank(event, event.length);
        int before = lastNonBlank(event, brace);
        if (brace < 0 || event[brace] != '}' || before < 0) {
            throw new IllegalArgumentException(
                    "event "
                            + new String(event, StandardCharsets.UTF_8)
                            + ": expected a JSON object");
        }
        boolean empty = event[before] == '{';
        byte[] result = Arrays.copyOf(event, brace + json.length + (empty ? 1 : 2));
        int at = brace;
        if (!empty) {
            result[at++] = ',';
        }
        System.arraycopy(json, 0, result, at, json.length);
        result[result.length - 1] = '}';
        return result;
    }

    private ExtraFields withJson(String name, byte[] value) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(json);
        if (json.length > 0) {
            all.write(',');
        }
        all.writeBytes(quoted(name));
        all.write(':');
        all.writeBytes(value);
        return new ExtraFields(all.toByteArray());
    }

    private static byte[] quoted(String text) {
        // Half a surrogate pair is no text; the detour makes it a question mark, as any encoder
        // would.
        String wellFormed =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(wellFormed);
        byte[] quoted = new byte[escaped.length + 2];
        quoted[0] = '"';
        System.arraycopy(escaped, 0, quoted, 1, escaped.length);
        quoted[quoted.length - 1] = '"';
        return quoted;
    }

    private static int lastNonBlank(byte[] event, int before) {
        int at = before - 1;
        while (at >= 0
                && (event[at] == ' '
                        || event[at] == '\n'
                        || event[at] == '\r'
                        || event[at] == '\t')) {
            at--;
        }
        return at;
    }
}
