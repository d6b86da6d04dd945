package dev.confetti.gift.signin;

import java.util.Set;

/**
 * Who sent a request.
 *
 * @param id opaque, {@code [A-Za-z0-9_-]{1,64}}
 * @param roles such as {@code viewer}
 */
public record Caller(String id, Set<String> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean isFinance() {
        return roles.contains(Role.FINANCE);
    }

    public boolean isAdmin() {
        return roles.contains(Role.ADMIN);
    }
}
