package dev.confetti.gateway.operations;

import java.util.Map;

/** What an operator is answered. */
public sealed interface OperationsAnswer {

    /** 200 with a JSON object. */
    record Found(Map<String, Object> body) implements OperationsAnswer {
        public Found {
            body = Map.copyOf(body);
        }
    }

    /** 204: it has been done. */
    record Done() implements OperationsAnswer {}

    /**
     * A problem document.
     *
     * @param status of HTTP
     * @param name the last part of its type
     */
    record Problem(int status, String name, String detail) implements OperationsAnswer {}
}
