package dev.confetti.board.api;

import dev.confetti.board.view.BoardProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import redis.clients.jedis.exceptions.JedisException;

/** Turns what goes wrong in this API into problem documents. */
@RestControllerAdvice(assignableTypes = BoardController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BoardProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(BoardProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(BoardProblem problem) {
        return answer(
                Problems.document(
                        problem.status(), problem.name(), String.valueOf(problem.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> redisAway(JedisException trouble) {
        LOG.warn("a board could not be read: {}", trouble.toString());
        return answer(
                Problems.document(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "boards-unavailable",
                        "the boards cannot be read now; try again in a few seconds"));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail document) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(document.getStatus())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (document.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            answer.header(HttpHeaders.RETRY_AFTER, "2");
        }
        return answer.body(document);
    }
}
