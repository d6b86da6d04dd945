package dev.confetti.board.view;

import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What the operator allows boards to show: two of the policies that the gift service publishes.
 *
 * @param on whether boards can be read; they are counted anyway
 * @param amounts whether they show coins beside ranks
 */
public record BoardPolicy(boolean on, boolean amounts) {
    private static final String PREFIX = "confetti.policy";

    /** What holds where nothing is set. */
    public static final BoardPolicy DEFAULT = new BoardPolicy(true, true);

    /**
     * The policies as set for the process; those of others are passed over.
     *
     * @throws IllegalArgumentException when a value is none; the message says which
     */
    public static BoardPolicy from(Environment environment) {
        Map<String, String> set =
                Binder.get(environment)
                        .bind(PREFIX, Bindable.mapOf(String.class, String.class))
                        .orElse(Map.of());
        return new BoardPolicy(
                choice(set, "boards", "on", "off"), choice(set, "boardAmounts", "true", "false"));
    }

    /**
     * Lets a request pass while boards are on.
     *
     * @throws BoardProblem when they are off
     */
    public void requireOn() {
        if (!on) {
            throw BoardProblem.forbidden(
                    "boards-switched-off",
                    "policy boards is off: expected on, which the operator of the platform sets");
        }
    }

    private static boolean choice(Map<String, String> set, String policy, String yes, String no) {
        boolean chosen = true;
        for (Map.Entry<String, String> each : set.entrySet()) {
            if (plain(each.getKey()).equals(plain(policy))) {
                String value = each.getValue().strip();
                if (!value.equals(yes) && !value.equals(no)) {
                    throw new IllegalArgumentException(
                            "policy "
                                    + policy
                                    + " \""
                                    + each.getValue()
                                    + "\": expected "
                                    + yes
                                    + " or "
                                    + no
                                    + ", such as "
                                    + yes);
                }
                chosen = value.equals(yes);
            }
        }
        return chosen;
    }

    /** Case and dashes do not count, as in environment variables. */
    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
