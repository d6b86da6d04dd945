package dev.confetti.gift;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What OpenAPI says may be the status of an answer that is no refusal. */
final class DeclaredStatuses {
    private final List<Declared> all = new ArrayList<>();

    private record Declared(Pattern path, String template, JsonNode methods) {}

    /**
     * Those of a description.
     *
     * @param api the answer of {@code /v3/api-docs}
     */
    DeclaredStatuses(JsonNode api) {
        api.get("paths")
                .propertyStream()
                .forEach(
                        each ->
                                all.add(
                                        new Declared(
                                                pattern(each.getKey()),
                                                each.getKey(),
                                                each.getValue())));
        // A path that is there by its own name comes before one with a parameter.
        all.sort(Comparator.comparingInt(each -> each.template().split("\\{", -1).length));
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+"));
    }

    /** What is wrong with an answer; null: nothing, or the operation is none of the description. */
    @Nullable String fault(String method, URI uri, int status) {
        for (Declared each : all) {
            if (each.path().matcher(uri.getRawPath()).matches()) {
                JsonNode operation = each.methods().get(method.toLowerCase(Locale.ROOT));
                return operation == null || operation.get("responses").has(Integer.toString(status))
                        ? null
                        : "%s %s answered %d: OpenAPI declares %s"
                                .formatted(
                                        method,
                                        each.template(),
                                        status,
                                        operation.get("responses").propertyNames());
            }
        }
        return null;
    }
}
