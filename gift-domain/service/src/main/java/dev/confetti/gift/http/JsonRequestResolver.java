package dev.confetti.gift.http;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands a {@link JsonRequest} to the handler methods that ask for one. */
public final class JsonRequestResolver implements HandlerMethodArgumentResolver {
    /** No request of ours needs more; a larger body is not even read. */
    public static final int MOST_BODY_BYTES = 64 * 1024;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return JsonRequest.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders)
            throws IOException, HttpMediaTypeNotSupportedException {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("not a servlet request: " + webRequest);
        }
        byte[] body = body(request);
        if (body.length > 0) {
            requireJson(request.getContentType());
        }
        return StrictJson.read(body, parameter.getParameterType().asSubclass(JsonRequest.class));
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        int most = announced < 0 || announced > MOST_BODY_BYTES ? MOST_BODY_BYTES : (int) announced;
        // Asked for no more than comes, it makes no buffer of 16 KiB for a hundred bytes.
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > MOST_BODY_BYTES) {
            throw new RefusedException(
                    ProblemType.CONTENT_TOO_LARGE,
                    "body: expected at most " + MOST_BODY_BYTES + " bytes, got more");
        }
        return body;
    }

    private static void requireJson(@Nullable String contentType)
            throws HttpMediaTypeNotSupportedException {
        MediaType type = null;
        try {
            type = contentType == null ? null : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotSupportedException(
                    "Content-Type \"" + contentType + "\": " + e.getMessage());
        }
        if (type == null
                || !(MediaType.APPLICATION_JSON.isCompatibleWith(type)
                        || type.getSubtype().endsWith("+json"))) {
            throw new HttpMediaTypeNotSupportedException(type, List.of(MediaType.APPLICATION_JSON));
        }
    }
}
