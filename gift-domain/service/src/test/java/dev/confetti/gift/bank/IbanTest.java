package dev.confetti.gift.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbanTest {
    // The registry's own examples.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89 3704 0044 0532 0130 00",
                "gb29nwbk60161331926819",
                "NO9386011117947",
                "MT84MALT011000012345MTLCAST001S"
            })
    void anIbanIsTakenWithoutItsSpaces(String text) {
        assertThat(new Iban(text).text()).matches("[A-Z0-9]{15,34}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DE88370400440532013000",
                "DE8937040044053201300",
                "DE89370400440532013O00",
                "8937040044053201300000",
                "DE89-3704-0044-0532-0130-00"
            })
    void anythingElseIsRefusedWithoutNamingIt(String text) {
        assertThatThrownBy(() -> new Iban(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("iban: expected an IBAN with right check digits")
                .hasMessageNotContaining("0532");
    }
}
