package dev.confetti.board.view;

import org.springframework.http.HttpStatus;

/** A refusal of this API, by the name that clients know it by. */
public final class BoardProblem extends RuntimeException {
    private final HttpStatus status;
    private final String name;

    private BoardProblem(HttpStatus status, String name, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.name = name;
    }

    static BoardProblem notFound(String name, String detail) {
        return new BoardProblem(HttpStatus.NOT_FOUND, name, detail);
    }

    static BoardProblem forbidden(String name, String detail) {
        return new BoardProblem(HttpStatus.FORBIDDEN, name, detail);
    }

    /** A request that says something else than was expected. */
    public static BoardProblem malformed(String detail) {
        return new BoardProblem(HttpStatus.BAD_REQUEST, "malformed-request", detail);
    }

    /** Something that passes by itself. */
    public static BoardProblem unavailable(String name, String detail) {
        return new BoardProblem(HttpStatus.SERVICE_UNAVAILABLE, name, detail);
    }

    public HttpStatus status() {
        return status;
    }

    /** The last word of the problem's type. */
    public String name() {
        return name;
    }
}
