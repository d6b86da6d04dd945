package dev.confetti.gift.signin;

import java.util.List;

/** The roles that a token can give. */
public final class Role {
    public static final String VIEWER = "viewer";
    public static final String CREATOR = "creator";
    public static final String FINANCE = "finance";
    public static final String ADMIN = "admin";

    /** All of them. */
    public static final List<String> ALL = List.of(VIEWER, CREATOR, FINANCE, ADMIN);

    private Role() {}
}
