package dev.confetti.board.api;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Problem documents of RFC 9457. */
final class Problems {
    private static final String TYPES = "https://confetti.example/problems/";

    private Problems() {}

    static ProblemDetail document(HttpStatus status, String name, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPES + name));
        String words = name.replace('-', ' ');
        problem.setTitle(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
        return problem;
    }
}
