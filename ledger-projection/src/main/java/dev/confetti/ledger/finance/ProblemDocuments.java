package dev.confetti.ledger.finance;

import java.net.URI;
import java.sql.SQLException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Failures of the finance API as problem documents (RFC 9457). In one process with the other
 * modules it comes before theirs, one of which takes whatever nobody else does.
 */
@RestControllerAdvice(basePackageClasses = ProblemDocuments.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemDocuments {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemDocuments.class);
    private static final String TYPE = "https://confetti.example/problems/";

    static ProblemDetail problem(HttpStatus status, String name, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPE + name));
        String title = name.replace('-', ' ');
        problem.setTitle(title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1));
        return problem;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refusal refusal) {
        ProblemDetail problem =
                problem(refusal.status(), refusal.name(), String.valueOf(refusal.getMessage()));
        refusal.numbers().forEach(problem::setProperty);
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(SQLException failure) {
        LOG.warn("a question to the ledger failed", failure);
        return answer(
                problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "ledger-unavailable",
                        "the ledger's database does not answer now: expected it to; try again"));
    }

    @ExceptionHandler
    void gone(AsyncRequestNotUsableException clientGone) {
        LOG.debug("the client of an export has gone", clientGone);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(RuntimeException failure) {
        LOG.error("a question to the ledger failed", failure);
        return answer(
                problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-error",
                        "the question could not be answered: an error of ours, which is logged"));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
