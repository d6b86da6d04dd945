package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.amf.Amf0Reader;
import dev.confetti.gateway.amf.AmfValue;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A command of a client: RTMP 1.0, 7.
 *
 * @param transaction 0 when no answer is wanted, or when the client leaves it out
 * @param arguments what follows the name and the transaction
 */
record Command(String name, double transaction, List<AmfValue> arguments) {

    /**
     * Reads a command message.
     *
     * @throws RtmpException when it has no name
     * @throws dev.confetti.gateway.amf.MalformedAmfException when it is no AMF0
     */
    static Command read(ByteBuf body) {
        List<AmfValue> values = Amf0Reader.readAll(body);
        if (values.isEmpty()
                || !(values.getFirst() instanceof AmfValue.Text(String name))
                || name.isEmpty()) {
            throw new RtmpException("command without a name: expected a string first");
        }
        boolean numbered = values.size() > 1 && values.get(1) instanceof AmfValue.Num;
        double transaction =
                numbered && values.get(1) instanceof AmfValue.Num(double number) ? number : 0;
        return new Command(name, transaction, values.subList(numbered ? 2 : 1, values.size()));
    }

    /** A text property of the object that {@code connect} brings; empty when it is not there. */
    String property(String property) {
        return !arguments.isEmpty()
                        && arguments.getFirst() instanceof AmfValue.Obj(var properties)
                        && properties.get(property) instanceof AmfValue.Text(String text)
                ? text
                : "";
    }

    /** The stream's name of {@code publish} and {@code play}: the first text there is. */
    String streamName() {
        for (AmfValue argument : arguments) {
            if (argument instanceof AmfValue.Text(String text)) {
                return text;
            }
        }
        return "";
    }

    /** The flag of {@code pause}, {@code receiveAudio} and {@code receiveVideo}. */
    boolean flag() {
        for (AmfValue argument : arguments) {
            if (argument instanceof AmfValue.Bool(boolean flag)) {
                return flag;
            }
        }
        return false;
    }

    /** A peer's text for a log line or an answer: short, no control characters, no key or token. */
    static String shown(String text) {
        int question = text.indexOf('?');
        String name = question < 0 ? text : text.substring(0, question);
        return name.substring(0, Math.min(80, name.length())).replaceAll("\\p{Cntrl}", "?");
    }
}
