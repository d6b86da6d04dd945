package dev.confetti.gateway.amf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of AMF0. Class names of typed objects are read over: no class is ever made from them. */
public sealed interface AmfValue {

    record Num(double value) implements AmfValue {}

    record Bool(boolean value) implements AmfValue {}

    record Text(String value) implements AmfValue {}

    /** An object; properties keep their order. */
    record Obj(Map<String, AmfValue> properties) implements AmfValue {
        public Obj {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /** An associative array, as {@code onMetaData} is in most files. */
    record EcmaArray(Map<String, AmfValue> properties) implements AmfValue {
        public EcmaArray {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    record StrictArray(List<AmfValue> values) implements AmfValue {
        public StrictArray {
            values = List.copyOf(values);
        }
    }

    /**
     * A point in time.
     *
     * @param millis since the epoch; AMF0's time zone field is reserved and always 0
     */
    record Date(double millis) implements AmfValue {}

    /** Null, undefined, or a value that the sender calls unsupported. */
    enum Nothing implements AmfValue {
        NULL,
        UNDEFINED
    }

    static AmfValue of(double value) {
        return new Num(value);
    }

    static AmfValue of(String value) {
        return new Text(value);
    }
}
