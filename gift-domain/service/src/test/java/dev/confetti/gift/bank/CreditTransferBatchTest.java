package dev.confetti.gift.bank;

import static dev.confetti.gift.bank.BankSamples.BRITISH;
import static dev.confetti.gift.bank.BankSamples.batch;
import static dev.confetti.gift.bank.BankSamples.id;
import static dev.confetti.gift.bank.BankSamples.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditTransferBatchTest {
    @Test
    void aPayoutIsFoundAgainByItsEndToEndId() {
        CreditTransfer transfer = transfer("0f", 1, "EUR", "Ada", BRITISH);

        assertThat(transfer.endToEndId()).isEqualTo("0199a00000007000800000000000000f");
        assertThat(CreditTransfer.payoutId(transfer.endToEndId())).contains(id("0f"));
        assertThat(CreditTransfer.payoutId("0199A00000007000800000000000000F")).contains(id("0f"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NOTPROVIDED",
                "0199a00000007000800000000000000",
                "0199a00000007000800000000000000f0",
                "+199a00000007000800000000000000f",
                "0199a000-0000-7000-8000-00000000000f"
            })
    void anotherEndToEndIdIsNoPayoutOfOurs(String text) {
        assertThat(CreditTransfer.payoutId(text)).isEmpty();
    }

    @Test
    void aBatchIsFoundAgainByItsMessageAndItsPayments() {
        assertThat(CreditTransferBatch.batchId(batch().messageId())).contains(id("b1"));
        assertThat(batch().paymentInformationId("EUR"))
                .isEqualTo("0199a0000000700080000000000000b1EUR")
                .hasSize(35);
        assertThat(CreditTransferBatch.batchIdOfPayment("0199a0000000700080000000000000b1EUR"))
                .contains(id("b1"));
        assertThat(CreditTransferBatch.batchIdOfPayment("0199a0000000700080000000000000b1"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, EUR, expected 1 to 999999999999999999",
        "-5, EUR, got",
        "1000000000000000000, USD, expected 1 to 999999999999999999",
        "100000000000, EUR, expected at most 99999999999",
        "1, XXX, expected an ISO 4217 code",
        "1, eur, expected an ISO 4217 code",
        "1, EURO, expected an ISO 4217 code"
    })
    void anAmountThatNoBankTakesIsRefused(long amountMinor, String currency, String message) {
        assertThatThrownBy(() -> transfer("01", amountMinor, currency, "Ada Byron", BRITISH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message.equals("got") ? "-5 minor units" : message)
                .hasMessageNotContaining("Byron")
                .hasMessageNotContaining("GB29");
    }

    @Test
    void aNameOfSpacesIsRefused() {
        assertThatThrownBy(() -> transfer("01", 1, "EUR", " \t", BRITISH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("creditor name is empty: expected a name");
    }

    @Test
    void aBicThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Debtor("Konfetti", BRITISH, "COBADEFFX"))
                .hasMessage("debtor bic \"COBADEFFX\": expected 8 or 11 letters and digits");
    }

    @Test
    void aBatchHasOneTransferAtLeastAndTenThousandAtMost() {
        assertThatThrownBy(() -> batch(List.of()))
                .hasMessageContaining("of 0 transfers: expected 1 to 10000");
        List<CreditTransfer> many = new ArrayList<>();
        for (int i = 0; i <= CreditTransferBatch.MOST_TRANSFERS; i++) {
            many.add(new CreditTransfer(new UUID(0, i), 1, "EUR", "Ada", BRITISH));
        }
        assertThatThrownBy(() -> batch(many))
                .hasMessageContaining("of 10001 transfers: expected 1 to 10000");
        assertThat(batch(many.subList(1, many.size())).transfers()).hasSize(10_000);
    }

    @Test
    void aPayoutIsInABatchOnce() {
        assertThatThrownBy(
                        () ->
                                batch(
                                        List.of(
                                                transfer("01", 1, "EUR", "Ada", BRITISH),
                                                transfer("01", 2, "EUR", "Ada", BRITISH))))
                .hasMessageContaining("has payout " + id("01") + " twice");
    }

    @Test
    void aBatchWhoseSumHasTooManyDigitsIsRefused() {
        assertThatThrownBy(
                        () ->
                                batch(
                                        List.of(
                                                transfer(
                                                        "01",
                                                        999_999_999_999_999_999L,
                                                        "JPY",
                                                        "A",
                                                        BRITISH),
                                                transfer("02", 1, "KWD", "A", BRITISH))))
                .hasMessageContaining("add up to more than 18 digits");
    }
}
