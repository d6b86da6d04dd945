package dev.confetti.gift.problem;

import dev.confetti.gift.log.LogUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;

/**
 * Answers what goes wrong in a request by a problem document; the last resort for all modules that
 * share the server.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final MeterRegistry metrics;

    public ProblemAdvice(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @ExceptionHandler
    ResponseEntity<Problem> refused(RefusedException refused) {
        metrics.counter("confetti.refusals", "name", refused.problemType().typeName()).increment();
        return answer(refused.problem(), new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Problem> unavailable(LogUnavailableException e) {
        log.warn("The event log does not answer: {}", e.getMessage());
        return answer(
                Problem.of(
                        ProblemType.UNAVAILABLE,
                        "The event log does not answer just now; repeat the request with the same"
                                + " idempotency key"),
                new HttpHeaders());
    }

    /** Nobody is left to answer, or the answer has begun as something else, such as a push. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, AsyncRequestTimeoutException.class})
    void gone(Exception e) {
        log.debug("The client went away: {}", e.getMessage());
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Problem> other(Exception e, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            log.debug("A request failed after its answer had begun: {}", e.toString());
            return null;
        }
        if (e instanceof AccessDeniedException || e instanceof AuthenticationException) {
            throw e;
        }
        if (e instanceof ErrorResponse error && error.getStatusCode().is4xxClientError()) {
            ProblemType type = typeOf(error.getStatusCode());
            String detail = error.getBody().getDetail();
            return answer(
                    Problem.of(type, detail == null ? type.title() : detail), error.getHeaders());
        }
        log.error("A request failed", e);
        return answer(
                Problem.of(ProblemType.INTERNAL_ERROR, "The cause is in the server's log"),
                new HttpHeaders());
    }

    /** The problem of a status that the framework chose. */
    static ProblemType typeOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> ProblemType.UNAUTHENTICATED;
            case 403 -> ProblemType.FORBIDDEN;
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 413 -> ProblemType.CONTENT_TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> ProblemType.UNAVAILABLE;
            default ->
                    status.is4xxClientError()
                            ? ProblemType.MALFORMED_REQUEST
                            : ProblemType.INTERNAL_ERROR;
        };
    }

    private static ResponseEntity<Problem> answer(Problem problem, HttpHeaders headers) {
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        Map<String, Object> numbers = problem.extensions();
        if (numbers.get("retryAfterMs") instanceof Long retryAfterMs) {
            all.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.ceilDiv(retryAfterMs, 1_000L)));
        }
        return ResponseEntity.status(problem.status()).headers(all).body(problem);
    }
}
