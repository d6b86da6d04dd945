package dev.confetti.demo.api;

import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The platform refused a call, with a problem document. */
public final class ApiProblem extends Exception {
    private final int status;
    private final String name;
    private final transient JsonNode document;

    /** A problem from an answer's body, which need not be a problem document. */
    static ApiProblem of(String call, int status, JsonNode document) {
        String type = document.path("type").asString("");
        String name = type.isEmpty() ? "http-" + status : type.substring(type.lastIndexOf('/') + 1);
        String detail = document.path("detail").asString("");
        return new ApiProblem(
                call + " → " + status + " " + name + (detail.isEmpty() ? "" : ": " + detail),
                status,
                name,
                document);
    }

    private ApiProblem(String message, int status, String name, JsonNode document) {
        super(message);
        this.status = status;
        this.name = name;
        this.document = document;
    }

    public int status() {
        return status;
    }

    /**
     * The last part of the problem's type, such as {@code insufficient-coins}; {@code http-503}
     * when there is none.
     */
    public String name() {
        return name;
    }

    /** A number that the problem brings along, such as {@code needed}. */
    public OptionalLong number(String field) {
        JsonNode node = document == null ? MissingNode.getInstance() : document.path(field);
        return node.isIntegralNumber() ? OptionalLong.of(node.longValue()) : OptionalLong.empty();
    }
}
