package dev.confetti.gift.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IbanTest {
    // The registry's own examples.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89 3704 0044 0532 0130 00",
                "gb29nwbk60161331926819",
                "NO9386011117947",
                "MT84MALT011000012345MTLCAST001S",
                "LC55HEMM000100010012001200023015",
                "HN88CABF00000000000250005469"
            })
    void anIbanIsTakenWithoutItsSpaces(String text) {
        assertThat(new Iban(text).text()).matches("[A-Z0-9]{15,34}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DE88370400440532013000",
                "8937040044053201300000",
                "DE89-3704-0044-0532-0130-00"
            })
    void anythingElseIsRefusedWithoutNamingIt(String text) {
        assertThatThrownBy(() -> new Iban(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("iban: expected an IBAN with right check digits")
                .hasMessageNotContaining("0532");
    }

    /** All with check digits that are right. */
    @ParameterizedTest
    @CsvSource({
        "DE5137040044053201300, 'iban: expected 22 characters, as IBANs of DE have, got 21'",
        "DE67370400440532013000000000000000, 'iban: expected 22 characters, as IBANs of DE have,"
                + " got 34'",
        "NO37860111179470, 'iban: expected 15 characters, as IBANs of NO have, got 16'",
        "DE0737, 'iban: expected 22 characters, as IBANs of DE have, got 6'",
        "US88370400440532013000, 'iban: expected a country with IBANs, got US'"
    })
    void aNumberOfTheRightSumButNotOfItsCountrysLengthIsRefused(String text, String detail) {
        assertThatThrownBy(() -> new Iban(text)).hasMessage(detail);
    }
}
