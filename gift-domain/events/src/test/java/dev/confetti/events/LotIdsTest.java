package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LotIdsTest {
    /** RFC 9562, appendix A.4; a version 5. */
    private static final UUID VERSION_5 = UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2");

    @Test
    void theNumberStandsInFrontOfWhatTheRestOfTheNameWas() {
        // 48 bits of the number, version 8, the last 12 bits of the first half, the second half.
        assertThat(LotIds.numbered(1, VERSION_5))
                .isEqualTo(UUID.fromString("00000000-0001-868b-95e1-2665a8aea6a2"));
        assertThat(LotIds.numbered(0x1234_5678_9abcL, VERSION_5))
                .isEqualTo(UUID.fromString("12345678-9abc-868b-95e1-2665a8aea6a2"));
    }

    @Test
    void theNameIsOfVersionEightAndTheVariantOfTheRfc() {
        UUID lotId = LotIds.of(7, VERSION_5);
        assertThat(lotId.version()).isEqualTo(8);
        assertThat(lotId.variant()).isEqualTo(2);
        assertThat(lotId.getLeastSignificantBits())
                .isEqualTo(EventIds.derived(VERSION_5, "lot").getLeastSignificantBits());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 65_536, 0xffff_ffff_ffffL})
    void aNumberIsReadAsItWasWritten(long number) {
        assertThat(LotIds.number(LotIds.of(number, VERSION_5))).isEqualTo(number);
    }

    @Test
    void anOldLotHasNoNumber() {
        assertThat(LotIds.number(VERSION_5)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 0x1_0000_0000_0000L})
    void aNumberThatDoesNotFitIsRefused(long number) {
        assertThatThrownBy(() -> LotIds.of(number, VERSION_5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lot number " + number)
                .hasMessageContaining("1 to 281474976710655");
    }
}
