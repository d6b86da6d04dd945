package dev.confetti.gift.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One problem document (RFC 9457).
 *
 * @param detail names the value and what was expected instead
 * @param extensions the numbers that a client needs, at the top level of the document
 */
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        @JsonAnyGetter Map<String, Object> extensions) {
    public Problem {
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    public static Problem of(ProblemType type, String detail) {
        return of(type, detail, Map.of());
    }

    public static Problem of(ProblemType type, String detail, Map<String, Object> extensions) {
        return new Problem(type.uri(), type.title(), type.status(), detail, extensions);
    }
}
