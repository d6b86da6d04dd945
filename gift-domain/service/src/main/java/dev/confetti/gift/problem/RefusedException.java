package dev.confetti.gift.problem;

import java.util.Map;

/** A request that is answered by a problem document. */
public final class RefusedException extends RuntimeException {
    private final ProblemType problemType;
    private final transient Map<String, Object> numbers;

    public RefusedException(ProblemType problemType, String detail) {
        this(problemType, detail, Map.of());
    }

    /**
     * @param numbers extension members of the document
     */
    public RefusedException(ProblemType problemType, String detail, Map<String, Object> numbers) {
        // A refusal is an answer, not a fault: nobody reads its stack.
        super(detail, null, false, false);
        this.problemType = problemType;
        this.numbers = numbers;
    }

    public ProblemType problemType() {
        return problemType;
    }

    public Problem problem() {
        return Problem.of(problemType, String.valueOf(getMessage()), numbers);
    }
}
