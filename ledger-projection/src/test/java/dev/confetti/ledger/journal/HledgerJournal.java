package dev.confetti.ledger.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of hledger's journal format as our example and our export use.
 *
 * @param transactions those that post something, in order
 * @param assertions what balances are said to be at the end, in order
 */
public record HledgerJournal(List<Transaction> transactions, List<Assertion> assertions) {
    private static final String EXAMPLE = "/first-gift-life.journal";
    private static final Pattern HEAD =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?: \\((\\w+)\\))? (.*?)(?:  ;.*)?");
    private static final Pattern POSTING =
            Pattern.compile(" {4}(\\S+) {2,}(-?[0-9.]+) ([A-Z]+)(?: *;.*)?");
    private static final Pattern ASSERTION =
            Pattern.compile(" {4}(\\S+) {2,}0 = (-?[0-9.]+) ([A-Z]+)");

    /**
     * One entry.
     *
     * @param code what stands in brackets; empty without one
     */
    public record Transaction(
            LocalDate date, String code, String description, List<Amount> postings) {}

    /**
     * An amount on an account.
     *
     * @param amount above 0 is debit, below is credit; with as many places as were written
     */
    public record Amount(String account, BigDecimal amount, String asset) {
        /** A posting as the ledger has it, with a side. */
        public static Amount of(String side, String account, String amount, String asset) {
            BigDecimal unsigned = new BigDecimal(amount);
            return switch (side) {
                case "D" -> new Amount(account, unsigned, asset);
                case "C" -> new Amount(account, unsigned.negate(), asset);
                default -> throw new IllegalArgumentException(side + ": expected D or C");
            };
        }
    }

    /** A balance, signed as a posting is. */
    public record Assertion(String account, BigDecimal balance, String asset) {}

    /** The hand-worked example: a viewer's and a creator's whole life. */
    public static HledgerJournal example() {
        try (InputStream file =
                Objects.requireNonNull(HledgerJournal.class.getResourceAsStream(EXAMPLE))) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a journal.
     *
     * @throws IllegalArgumentException when a line is of no kind that is known here
     */
    public static HledgerJournal parse(String text) {
        List<Transaction> transactions = new ArrayList<>();
        List<Assertion> assertions = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher head = HEAD.matcher(line);
            Matcher posting = POSTING.matcher(line);
            Matcher assertion = ASSERTION.matcher(line);
            if (head.matches()) {
                transactions.add(
                        new Transaction(
                                LocalDate.parse(head.group(1)),
                                Objects.requireNonNullElse(head.group(2), ""),
                                head.group(3),
                                new ArrayList<>()));
            } else if (posting.matches() && !transactions.isEmpty()) {
                transactions
                        .getLast()
                        .postings()
                        .add(
                                new Amount(
                                        posting.group(1),
                                        new BigDecimal(posting.group(2)),
                                        posting.group(3)));
            } else if (assertion.matches()) {
                assertions.add(
                        new Assertion(
                                assertion.group(1),
                                new BigDecimal(assertion.group(2)),
                                assertion.group(3)));
            } else if (!line.isBlank() && !line.startsWith(";") && !line.startsWith("commodity ")) {
                throw new IllegalArgumentException(
                        "\"" + line + "\": expected a transaction, a posting or an assertion");
            }
        }
        transactions.removeIf(each -> each.postings().isEmpty());
        return new HledgerJournal(List.copyOf(transactions), List.copyOf(assertions));
    }
}
