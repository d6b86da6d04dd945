package dev.confetti.ledger.finance;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What OpenAPI says of the ledger beside what stands at its operations: an example of each answer,
 * and the problems that may come instead. Examples are those of the hand-worked journal.
 */
final class LedgerDocument implements OpenApiCustomizer {
    private static final String EXAMPLES = "examples.json";
    private static final String TAG = "Ledger";
    private static final Set<String> NAMES = Set.of("account", "viewer", "creator", "live");
    private static final Set<String> MOMENTS = Set.of("asOf", "from", "to", "month");

    private final JsonMapper json;
    private final JsonNode examples;

    LedgerDocument(JsonMapper json) {
        this.json = json;
        try (InputStream file = LedgerDocument.class.getResourceAsStream(EXAMPLES)) {
            if (file == null) {
                throw new IllegalStateException(EXAMPLES + ": expected it beside this class");
            }
            examples = json.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(EXAMPLES + ": expected to read it", e);
        }
    }

    @Override
    public void customise(OpenAPI document) {
        document.getPaths()
                .forEach(
                        (path, item) -> {
                            Operation get = item.getGet();
                            if (get != null
                                    && get.getTags() != null
                                    && get.getTags().contains(TAG)) {
                                addExample(path, get.getResponses());
                                addProblems(path, get);
                            }
                        });
    }

    private void addExample(String path, ApiResponses responses) {
        JsonNode example = examples.path(path);
        ApiResponse answer = responses.get("200");
        if (example.isMissingNode() || answer == null) {
            return;
        }
        if (example.isString()) {
            // A streamed file.
            answer.setContent(
                    new Content()
                            .addMediaType(
                                    "text/csv",
                                    new MediaType()
                                            .schema(new StringSchema())
                                            .example(example.asString())));
            return;
        }
        Content content = answer.getContent();
        Schema<?> schema =
                content == null || content.isEmpty()
                        ? new ObjectSchema()
                        : content.values().iterator().next().getSchema();
        answer.setContent(
                new Content()
                        .addMediaType(
                                "application/json",
                                new MediaType()
                                        .schema(schema)
                                        .example(json.convertValue(example, Map.class))));
        if (path.contains("/statements/")) {
            answer.getContent()
                    .addMediaType(
                            "application/pdf",
                            new MediaType().schema(new StringSchema().format("binary")));
        }
    }

    private void addProblems(String path, Operation operation) {
        Set<String> parameters =
                operation.getParameters() == null
                        ? Set.of()
                        : operation.getParameters().stream()
                                .map(Parameter::getName)
                                .collect(Collectors.toSet());
        ApiResponses responses = operation.getResponses();
        add(
                responses,
                HttpStatus.BAD_REQUEST,
                "malformed-request",
                "limit \"0\": expected a number from 1 to 1000");
        add(
                responses,
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "expected a valid bearer token, which the Authorization header does not have");
        add(
                responses,
                HttpStatus.FORBIDDEN,
                "forbidden",
                "expected a token with the role finance, or of the creator whose statement it is");
        if (path.contains("{") || parameters.stream().anyMatch(NAMES::contains)) {
            add(
                    responses,
                    HttpStatus.NOT_FOUND,
                    "not-found",
                    "account \"9999:nothing\": expected one of the ledger");
        }
        if (parameters.stream().anyMatch(MOMENTS::contains)) {
            add(
                    responses,
                    HttpStatus.CONFLICT,
                    "position-not-applied",
                    "position 999: expected one that the ledger has applied, up to 8");
        }
        add(
                responses,
                HttpStatus.SERVICE_UNAVAILABLE,
                "access-not-logged",
                "the log of accesses cannot be written now, and nothing is answered without it:"
                        + " try again");
    }

    private void add(ApiResponses responses, HttpStatus status, String name, String detail) {
        ProblemDetail problem = ProblemDocuments.problem(status, name, detail);
        ObjectSchema schema = new ObjectSchema();
        for (String property : List.of("type", "title", "detail")) {
            schema.addProperty(property, new StringSchema());
        }
        responses.addApiResponse(
                Integer.toString(status.value()),
                new ApiResponse()
                        .description(problem.getTitle())
                        .content(
                                new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(schema)
                                                        .example(
                                                                json.convertValue(
                                                                        problem, Map.class)))));
    }
}
