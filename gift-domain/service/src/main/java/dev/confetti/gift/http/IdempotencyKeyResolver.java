package dev.confetti.gift.http;

import dev.confetti.gift.problem.RefusedException;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands the {@link IdempotencyKey} to the handler methods that ask for one, and describes its
 * header in OpenAPI. It stands after the body among their parameters: a malformed request is
 * refused before a missing key.
 */
public final class IdempotencyKeyResolver
        implements HandlerMethodArgumentResolver, GlobalOperationCustomizer {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IdempotencyKey.class;
    }

    /**
     * Reads the header.
     *
     * @throws RefusedException {@code idempotency-key-missing}, or {@code malformed-request}
     */
    @Override
    public IdempotencyKey resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return IdempotencyKey.of(request.getHeader(IdempotencyKey.HEADER));
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (Arrays.stream(method.getMethodParameters()).anyMatch(this::supportsParameter)) {
            operation.addParametersItem(
                    new HeaderParameter()
                            .name(IdempotencyKey.HEADER)
                            .required(true)
                            .description(
                                    "Your own name for this request; the same key with the same"
                                            + " content gives the same answer again")
                            .schema(
                                    new StringSchema()
                                            .minLength(1)
                                            .maxLength(IdempotencyKey.MOST_CHARACTERS)));
        }
        return operation;
    }
}
