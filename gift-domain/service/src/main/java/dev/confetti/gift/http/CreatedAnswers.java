package dev.confetti.gift.http;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Puts 201 beside 200 into the OpenAPI description of operations that make something. */
public final class CreatedAnswers implements GlobalOperationCustomizer {
    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        ApiResponses responses = operation.getResponses();
        ApiResponse again = responses == null ? null : responses.get("200");
        if (again != null && method.hasMethodAnnotation(Creates.class)) {
            responses.addApiResponse(
                    "201",
                    new ApiResponse().description("Made just now").content(again.getContent()));
            again.description("The same again: it was made before");
        }
        return operation;
    }
}
