package dev.confetti.ledger.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Asset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BalancesDigestTest {
    private static final String HEADER = "confetti-balances-1\n";
    private final BalancesDigest digest = new BalancesDigest();

    @Test
    void linesAreInTheOrderOfCodeThenAssetHoweverTheyCome() throws Exception {
        digest.add(new Account("1020:receivable:psp", Asset.fiat("EUR")), 5, 0);
        digest.add(new Account("1010:bank", Asset.fiat("USD")), 1, 2);
        digest.add(new Account("1010:bank", Asset.fiat("EUR")), 3, 4);
        assertThat(digest.hex())
                .isEqualTo(
                        sha256(
                                HEADER
                                        + "1010:bank\tEUR\t3\t4\n"
                                        + "1010:bank\tUSD\t1\t2\n"
                                        + "1020:receivable:psp\tEUR\t5\t0\n"));
    }

    @Test
    void booksWithoutAPostingHaveTheHeaderAlone() throws Exception {
        assertThat(digest.hex()).isEqualTo(sha256(HEADER));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
