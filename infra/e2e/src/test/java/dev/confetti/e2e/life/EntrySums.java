package dev.confetti.e2e.life;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The journal's lines in a list: every answer is a sum over all of them. */
final class EntrySums {
    private final List<Line> lines;

    private EntrySums(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * What an entry does to one side of an account.
     *
     * @param side {@code D} or {@code C}
     */
    record Line(
            long position,
            Instant recordedAt,
            String type,
            String account,
            String asset,
            String side,
            BigDecimal amount) {
        private static Line of(String csv) {
            String[] values = csv.split(",", -1);
            return new Line(
                    Long.parseLong(values[0]),
                    Instant.parse(values[1]),
                    values[2],
                    values[5],
                    values[6],
                    values[7],
                    new BigDecimal(values[8]));
        }
    }

    /** Reads the export. */
    static EntrySums of(String csv) {
        return new EntrySums(csv.lines().skip(1).map(Line::of).toList());
    }

    List<Line> lines() {
        return lines;
    }

    /**
     * Accounts as {@code code asset debits credits balance}, in order.
     *
     * @param within which lines count
     * @param name what an account is added up under
     */
    List<String> accounts(Predicate<Line> within, UnaryOperator<String> name) {
        List<String> accounts = new ArrayList<>();
        sums(within, line -> name.apply(line.account()) + " " + line.asset())
                .forEach(
                        (account, sum) ->
                                accounts.add(
                                        account + " " + sum + " " + sum.balance(type(account))));
        return accounts;
    }

    /** What an asset has in all as {@code asset debits credits}, in order. */
    List<String> totals(Predicate<Line> within) {
        List<String> totals = new ArrayList<>();
        sums(within, Line::asset).forEach((asset, sum) -> totals.add(asset + " " + sum));
        return totals;
    }

    private Map<String, Sum> sums(Predicate<Line> within, Function<Line, String> key) {
        Map<String, Sum> sums = new TreeMap<>();
        lines.stream()
                .filter(within)
                .forEach(line -> sums.merge(key.apply(line), Sum.of(line), Sum::plus));
        return sums;
    }

    private record Sum(BigDecimal debits, BigDecimal credits) {
        static Sum of(Line line) {
            BigDecimal none = BigDecimal.ZERO.setScale(line.amount().scale());
            return line.side().equals("D")
                    ? new Sum(line.amount(), none)
                    : new Sum(none, line.amount());
        }

        Sum plus(Sum other) {
            return new Sum(debits.add(other.debits), credits.add(other.credits));
        }

        String balance(String type) {
            return switch (type) {
                case "coin", "diamond", "asset", "cost" -> debits.subtract(credits).toPlainString();
                case "viewer", "creator", "liability", "income" ->
                        credits.subtract(debits).toPlainString();
                default -> throw new IllegalArgumentException(type);
            };
        }

        @Override
        public String toString() {
            return debits.toPlainString() + " " + credits.toPlainString();
        }
    }

    /** The type of an account. */
    static String type(String account) {
        return switch (account.charAt(0)) {
            case '1' -> "asset";
            case '2' -> "liability";
            case '4' -> "income";
            case '5' -> "cost";
            default -> account.substring(0, account.indexOf(':'));
        };
    }

    /**
     * Entries as {@code position recordedAt type} and their lines, in order.
     *
     * @param account one that they post to; null: any
     */
    List<String> entries(Predicate<Line> within, @Nullable String account) {
        Map<Long, StringBuilder> entries = new LinkedHashMap<>();
        for (Line line : lines) {
            if (within.test(line)) {
                entries.computeIfAbsent(
                                line.position(),
                                position ->
                                        new StringBuilder()
                                                .append(position)
                                                .append(' ')
                                                .append(line.recordedAt())
                                                .append(' ')
                                                .append(line.type()))
                        .append(posting(line.side(), line.account(), line.asset(), line.amount()));
            }
        }
        if (account != null) {
            List<Long> touching =
                    lines.stream()
                            .filter(line -> line.account().equals(account))
                            .map(Line::position)
                            .toList();
            entries.keySet().retainAll(Set.copyOf(touching));
        }
        return entries.values().stream().map(StringBuilder::toString).toList();
    }

    /** One line of an entry, as {@link #entries} has it. */
    static String posting(String side, String account, String asset, Object amount) {
        return "; " + side + " " + account + " " + asset + " " + amount;
    }
}
