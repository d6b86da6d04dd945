package dev.confetti.ledger.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a person to the ledger.
 *
 * @param person the token's subject
 * @param roles of the token
 * @param method such as {@code GET}
 * @param path as it was asked for
 * @param query what follows the question mark; null when nothing does
 * @param status of the answer, when it began
 */
public record Access(
        String person,
        List<String> roles,
        String method,
        String path,
        @Nullable String query,
        int status) {
    public Access {
        roles = List.copyOf(roles);
    }
}
