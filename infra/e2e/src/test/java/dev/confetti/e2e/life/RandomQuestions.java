package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.e2e.life.EntrySums.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the finance API at random, and compares with sums over the whole journal. */
final class RandomQuestions {
    private static final List<String> ACCOUNT_TYPES =
            List.of("coin", "viewer", "diamond", "creator", "asset", "liability", "income", "cost");
    private static final List<String> EXPANSIONS = List.of("none", "viewers", "creators", "all");

    private final BookedEntries ledger;
    private final EntrySums sums;
    private final Random random;

    RandomQuestions(BookedEntries ledger, EntrySums sums, Random random) {
        this.ledger = ledger;
        this.sums = sums;
        this.random = random;
    }

    /** {@code /accounts?prefix&type&asOf}. */
    void askForAccounts() {
        String prefix = prefix();
        String type = sometimesOneOf(ACCOUNT_TYPES);
        Point asOf = sometimes(point());
        String path =
                "/accounts?limit="
                        + (1 + random.nextInt(60))
                        + (prefix.isEmpty() ? "" : "&prefix=" + prefix)
                        + (type == null ? "" : "&type=" + type)
                        + (asOf == null ? "" : "&asOf=" + asOf.text());
        Predicate<Line> within =
                line ->
                        (asOf == null || asOf.isAsOf(line))
                                && line.account().startsWith(prefix)
                                && (type == null || EntrySums.type(line.account()).equals(type));
        assertThat(ledger.all(path, "accounts").stream().map(RandomQuestions::account).toList())
                .as(path)
                .isEqualTo(sums.accounts(within, UnaryOperator.identity()));
    }

    /** {@code /trial-balance?asOf&expand}. */
    void askForATrialBalance() {
        Point asOf = sometimes(point());
        String expand = EXPANSIONS.get(random.nextInt(EXPANSIONS.size()));
        String path =
                "/trial-balance?expand=" + expand + (asOf == null ? "" : "&asOf=" + asOf.text());
        Predicate<Line> within = line -> asOf == null || asOf.isAsOf(line);
        assertThat(
                        ledger
                                .all(path + "&limit=" + (30 + random.nextInt(60)), "accounts")
                                .stream()
                                .map(RandomQuestions::account)
                                .toList())
                .as(path)
                .isEqualTo(sums.accounts(within, account -> rolledUp(account, expand)));
        List<String> totals =
                ledger.all(path, "totals").stream()
                        .map(each -> texts(each, "asset", "debits", "credits"))
                        .toList();
        assertThat(totals).as(path).isEqualTo(sums.totals(within));
    }

    private static String rolledUp(String account, String expand) {
        boolean isOwn =
                expand.equals("all")
                        || (account.startsWith("viewer:") && expand.equals("viewers"))
                        || (account.startsWith("creator:") && expand.equals("creators"));
        if (isOwn || !(account.startsWith("viewer:") || account.startsWith("creator:"))) {
            return account;
        }
        String[] parts = account.split(":", 3);
        return parts[0] + ":*:" + parts[2];
    }

    /** {@code /entries?from&to&type&account&order}. */
    void askForEntries() {
        Point one = sometimes(point());
        Point other = sometimes(point());
        boolean isReversed = one != null && other != null && isAfter(one, other);
        Point from = isReversed ? other : one;
        Point to = isReversed ? one : other;
        String type = sometimesOneOf(sums.lines().stream().map(Line::type).distinct().toList());
        String account = sometimes(anyLine().account());
        boolean newestFirst = random.nextBoolean();
        String path =
                "/entries?limit="
                        + (300 + random.nextInt(701))
                        + (from == null ? "" : "&from=" + from.text())
                        + (to == null ? "" : "&to=" + to.text())
                        + (type == null
                                ? ""
                                : "&type=" + (random.nextBoolean() ? type : bare(type)))
                        + (account == null ? "" : "&account=" + account)
                        + (newestFirst ? "&order=desc" : "");
        Predicate<Line> within =
                line ->
                        (from == null || from.isFrom(line))
                                && (to == null || to.isTo(line))
                                && (type == null || line.type().equals(type));
        List<String> found =
                ledger.all(path, "entries").stream().map(RandomQuestions::entry).toList();
        assertThat(newestFirst ? found.reversed() : found)
                .as(path)
                .isEqualTo(sums.entries(within, account));
    }

    /** Only points of one kind are refused in the wrong order. */
    private static boolean isAfter(Point one, Point other) {
        return (one instanceof Point.At(long first)
                        && other instanceof Point.At(long second)
                        && first > second)
                || (one instanceof Point.Then a
                        && other instanceof Point.Then b
                        && a.instant().isAfter(b.instant()));
    }

    private static String bare(String type) {
        return type.substring("confetti.".length(), type.length() - ".v1".length());
    }

    private static String account(JsonNode row) {
        return texts(row, "code", "asset", "debits", "credits", "balance");
    }

    private static String entry(JsonNode row) {
        StringBuilder entry =
                new StringBuilder()
                        .append(row.path("position").asLong())
                        .append(' ')
                        .append(texts(row, "recordedAt", "type"));
        for (JsonNode each : row.path("postings")) {
            entry.append(
                    EntrySums.posting(
                            each.path("side").asString(),
                            each.path("account").asString(),
                            each.path("asset").asString(),
                            each.path("amount").asString()));
        }
        return entry.toString();
    }

    private static String texts(JsonNode row, String... fields) {
        return String.join(
                " ", List.of(fields).stream().map(field -> row.path(field).asString()).toList());
    }

    private Line anyLine() {
        return sums.lines().get(random.nextInt(sums.lines().size()));
    }

    /** The beginning of some account, or of none. */
    private String prefix() {
        String account = anyLine().account();
        return switch (random.nextInt(8)) {
            case 0 -> account + "~";
            case 1 -> account;
            default -> account.substring(0, random.nextInt(account.length()));
        };
    }

    /** At some entry, or beside it by no more than the clock can tell. */
    private Point point() {
        Line line = anyLine();
        Instant at = line.recordedAt();
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Point.At(random.nextLong(sums.lines().getLast().position() + 1));
            case 3 -> then(at.minusNanos(1_000));
            case 4 -> then(at.plusNanos(1_000));
            case 5 -> then(at.plus(Duration.ofMinutes(random.nextInt(100_000))));
            case 6 -> {
                LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
                yield new Point.Then(day.toString(), day.atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            default -> then(at);
        };
    }

    private static Point then(Instant instant) {
        return new Point.Then(instant.toString(), instant);
    }

    private <T> @Nullable T sometimes(T value) {
        return random.nextInt(3) == 0 ? null : value;
    }

    private <T> @Nullable T sometimesOneOf(List<T> values) {
        return random.nextInt(3) == 0 ? null : values.get(random.nextInt(values.size()));
    }
}
