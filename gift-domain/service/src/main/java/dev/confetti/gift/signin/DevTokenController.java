package dev.confetti.gift.signin;

import io.swagger.v3.oas.annotations.parameters.RequestBody;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes tokens for anybody; is there only where the operator wants it. */
@RestController
public class DevTokenController {
    private final DevTokens tokens;

    public DevTokenController(DevTokens tokens) {
        this.tokens = tokens;
    }

    /** A bearer token, good for 24 hours. */
    public record Token(String token) {}

    @PostMapping("/v1/dev/tokens")
    public Token token(@RequestBody DevTokenRequest request) {
        return new Token(tokens.issue(request.sub(), request.name(), request.roles()));
    }
}
