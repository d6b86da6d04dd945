package dev.confetti.ledger.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final Seal SEAL =
            new Seal(
                    "2026-12",
                    31,
                    30,
                    29,
                    "a".repeat(64),
                    "b".repeat(64),
                    "c".repeat(64),
                    Instant.parse("2027-01-01T00:00:00.000001Z"),
                    "key",
                    "signature");

    @Test
    void aSealFromAnywhereIsVerifiedWhereNumbersAreWrittenInOtherDigits() {
        Seal signed = SEAL.signedBy(SealKey.fresh());
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(signed.isSigned()).isTrue();
            assertThat(signed.text())
                    .isEqualTo(
                            "confetti-seal-1\n2026-12\t31\t30\t29\n"
                                    + "a".repeat(64)
                                    + "\n"
                                    + "b".repeat(64)
                                    + "\n"
                                    + "c".repeat(64)
                                    + "\n1798761600000001\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void decemberEndsWithTheYear() {
        assertThat(SEAL.ends()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    }
}
