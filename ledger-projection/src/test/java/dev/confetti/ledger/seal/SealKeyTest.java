package dev.confetti.ledger.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.HexFormat;

class SealKeyTest {
    /** RFC 8032, section 7.1, test 2: one byte, 0x72. */
    private static final String SEED =
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    private static final String PUBLIC =
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    private static final String SIGNATURE =
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    private final SealKey key =
            SealKey.parse(
                    "key",
                    Base64.getEncoder()
                            .encodeToString(
                                    HexFormat.of()
                                            .parseHex("302e020100300506032b657004220420" + SEED)));

    @Test
    void signsAsTheStandardSays() {
        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(key.publicKey())))
                .isEqualTo("302a300506032b6570032100" + PUBLIC);
        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(key.sign("r"))))
                .isEqualTo(SIGNATURE);
        assertThat(SealKey.verifies(key.publicKey(), "r", key.sign("r"))).isTrue();
        assertThat(SealKey.verifies(key.publicKey(), "s", key.sign("r"))).isFalse();
        assertThat(SealKey.verifies("no key", "r", key.sign("r"))).isFalse();
    }

    @Test
    void aFreshKeyIsReadAgainFromItsBytes() {
        SealKey fresh = SealKey.fresh();
        assertThat(SealKey.of(fresh.pkcs8()).publicKey()).isEqualTo(fresh.publicKey());
    }

    @Test
    void whatIsNoSuchKeyIsRefusedWithoutShowingIt() {
        for (String text : new String[] {"secret!", "c2VjcmV0", ""}) {
            assertThatThrownBy(() -> SealKey.parse("confetti.ledger.seal-key", text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "confetti.ledger.seal-key: expected an Ed25519 private key, PKCS#8")
                    .hasMessageNotContaining("secret!");
        }
    }
}
