package dev.confetti.gift.policy;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the policies in force. */
@RestController
public class PolicyController {
    private final Policies policies;

    public PolicyController(Policies policies) {
        this.policies = policies;
    }

    @GetMapping("/v1/policies")
    public Map<String, Object> policies() {
        return policies.published();
    }
}
