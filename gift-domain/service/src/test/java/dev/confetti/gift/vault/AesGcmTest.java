package dev.confetti.gift.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AesGcmTest {
    private static final byte[] ADA = "Ada".getBytes(StandardCharsets.UTF_8);

    private final AesGcm aes = new AesGcm(new SecureRandom());
    private final SecretKey key = new SecretKeySpec(aes.newKey(), "AES");

    @Test
    void itOpensTheStandardsOwnExample() {
        // Test case 14 of the GCM specification: key, nonce and plain text are zeros.
        byte[] sealed =
                HexFormat.of()
                        .parseHex(
                                "000000000000000000000000"
                                        + "cea7403d4d606b6e074ec5d3baf39d18"
                                        + "d0d1c8a799996bf0265b98b5d48ab919");

        assertThat(aes.open(new SecretKeySpec(new byte[32], "AES"), sealed, ""))
                .isEqualTo(new byte[16]);
    }

    @Test
    void whatWasSealedOpensInItsContextAlone() {
        byte[] sealed = aes.seal(key, ADA, "ann name");

        assertThat(sealed).hasSize(12 + 3 + 16);
        assertThat(aes.open(key, sealed, "ann name")).isEqualTo(ADA);
        assertThatThrownBy(() -> aes.open(key, sealed, "bob name"))
                .isInstanceOf(BrokenSealException.class)
                .hasMessageContaining("bob name cannot be opened: expected what this key sealed");
    }

    @Test
    void theSameIsSealedDifferentlyEachTime() {
        assertThat(aes.seal(key, ADA, "x")).isNotEqualTo(aes.seal(key, ADA, "x"));
    }

    @Test
    void oneChangedBitIsFoundAndSoIsAnotherKeyAndAShortText() {
        byte[] sealed = aes.seal(key, ADA, "x");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> aes.open(key, changed, "x"))
                    .as("byte " + i)
                    .isInstanceOf(BrokenSealException.class);
        }
        SecretKey other = new SecretKeySpec(aes.newKey(), "AES");
        assertThatThrownBy(() -> aes.open(other, sealed, "x"))
                .isInstanceOf(BrokenSealException.class);
        assertThatThrownBy(() -> aes.open(key, new byte[27], "x"))
                .isInstanceOf(BrokenSealException.class);
    }
}
