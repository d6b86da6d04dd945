package dev.confetti.ledger.seal;

import dev.confetti.ledger.posting.Account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The trial balance in one hash: SHA-256 over this text in UTF-8, with a line for each account and
 * asset that was ever posted to, ordered by code and asset as bytes. Debits and credits are gross,
 * in whole numbers of the asset's smallest unit; persons' accounts are not rolled up.
 *
 * <pre>
 * confetti-balances-1 LF
 * account code TAB asset TAB debits TAB credits LF
 * </pre>
 *
 * Not thread-safe.
 */
public final class BalancesDigest {
    private static final Comparator<Line> CANONICAL =
            Comparator.comparing((Line line) -> line.account.code())
                    .thenComparing(line -> line.account.asset().code());

    private final List<Line> lines = new ArrayList<>();

    private record Line(Account account, long debits, long credits) {}

    public void add(Account account, long debits, long credits) {
        lines.add(new Line(account, debits, credits));
    }

    /** 64 hexadecimal digits. */
    public String hex() {
        MessageDigest sha256 = sha256();
        sha256.update("confetti-balances-1\n".getBytes(StandardCharsets.UTF_8));
        lines.sort(CANONICAL);
        for (Line line : lines) {
            String text =
                    line.account.code()
                            + '\t'
                            + line.account.asset().code()
                            + '\t'
                            + line.debits
                            + '\t'
                            + line.credits
                            + '\n';
            sha256.update(text.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
