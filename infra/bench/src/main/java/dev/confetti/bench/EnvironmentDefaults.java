package dev.confetti.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives each option that was not set the value of {@code CONFETTI_…}, its name in capitals, when
 * there is one.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? System.getenv(variable(option.longestName()))
                : null;
    }

    static String variable(String option) {
        return "CONFETTI_"
                + option.replaceFirst("^-+", "").toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
