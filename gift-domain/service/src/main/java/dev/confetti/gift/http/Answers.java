package dev.confetti.gift.http;

import dev.confetti.gift.command.OnceOnly.Answer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers of idempotent requests as HTTP responses. */
public final class Answers {
    private Answers() {}

    /** 201 for what was made just now, 200 for what was there before. */
    public static <A> ResponseEntity<A> created(Answer<A> answer) {
        // Named here, the type is not looked for among all that could be written for each request.
        return ResponseEntity.status(answer.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body());
    }
}
