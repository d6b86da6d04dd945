package dev.confetti.gift.problem;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/** Puts the refusals of each operation into the OpenAPI description, by their names. */
public final class ApiRefusals implements GlobalOperationCustomizer {
    /** The name of the security scheme. */
    public static final String BEARER = "bearer";

    private final Class<?> callerType;
    private final Class<?> bodyType;

    /**
     * @param callerType operations with such a parameter need a token
     * @param bodyType operations with such a parameter read a body
     */
    public ApiRefusals(Class<?> callerType, Class<?> bodyType) {
        this.callerType = callerType;
        this.bodyType = bodyType;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        List<ProblemType> refusals = new ArrayList<>();
        if (has(method, callerType)) {
            operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
            refusals.add(ProblemType.UNAUTHENTICATED);
            refusals.add(ProblemType.FORBIDDEN);
        }
        if (has(method, bodyType)) {
            refusals.add(ProblemType.MALFORMED_REQUEST);
        }
        Refuses refuses = method.getMethodAnnotation(Refuses.class);
        if (refuses != null) {
            refusals.addAll(List.of(refuses.value()));
        }
        describe(operation, refusals);
        return operation;
    }

    private static boolean has(HandlerMethod method, Class<?> type) {
        return Arrays.stream(method.getMethodParameters())
                .map(MethodParameter::getParameterType)
                .anyMatch(type::isAssignableFrom);
    }

    private static void describe(Operation operation, List<ProblemType> refusals) {
        Map<Integer, List<String>> byStatus = new TreeMap<>();
        for (ProblemType refusal : refusals) {
            List<String> names =
                    byStatus.computeIfAbsent(refusal.status(), status -> new ArrayList<>());
            if (!names.contains(refusal.typeName())) {
                names.add(refusal.typeName());
            }
        }
        ApiResponses responses =
                operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
        byStatus.forEach(
                (status, names) ->
                        responses.addApiResponse(
                                Integer.toString(status),
                                new ApiResponse()
                                        .description(String.join(", ", names))
                                        .content(problem())));
        operation.setResponses(responses);
    }

    private static Content problem() {
        Schema<?> schema =
                new ObjectSchema()
                        .addProperty("type", new StringSchema().format("uri"))
                        .addProperty("title", new StringSchema())
                        .addProperty("status", new IntegerSchema())
                        .addProperty("detail", new StringSchema());
        return new Content()
                .addMediaType("application/problem+json", new MediaType().schema(schema));
    }
}
