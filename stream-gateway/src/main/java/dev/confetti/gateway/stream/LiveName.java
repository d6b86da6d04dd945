package dev.confetti.gateway.stream;

import java.util.regex.Pattern;

/** What a live may be called in names and URLs. */
public final class LiveName {
    public static final String EXPECTED = "1 to 64 of A-Z, a-z, 0-9, _ and -";

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private LiveName() {}

    public static boolean valid(String name) {
        return PATTERN.matcher(name).matches();
    }
}
