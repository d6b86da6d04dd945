package dev.confetti.gift.bank;

import static dev.confetti.gift.bank.BankSamples.BRITISH;
import static dev.confetti.gift.bank.BankSamples.batch;
import static dev.confetti.gift.bank.BankSamples.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CreditTransferInitiationTest {
    private final CreditTransferInitiation writer = new CreditTransferInitiation();

    @Test
    void aBatchInThreeCurrenciesIsTheFileThatWasWrittenByHand() {
        assertThat(new String(writer.write(batch()), StandardCharsets.UTF_8))
                .isEqualTo(BankSamples.text("payouts.pain.001.001.09.xml"));
    }

    @Test
    void theSameBatchIsTheSameBytes() {
        assertThat(writer.write(batch())).isEqualTo(new CreditTransferInitiation().write(batch()));
    }

    @Test
    void aBankWithoutBicIsSaidToBeKnownByTheIban() {
        Debtor debtor = new Debtor("Konfetti GmbH", BRITISH, null);
        CreditTransferBatch batch =
                new CreditTransferBatch(
                        BankSamples.id("b1"),
                        Instant.EPOCH,
                        LocalDate.EPOCH,
                        debtor,
                        List.of(transfer("01", 1, "EUR", "A", BRITISH)));

        assertThat(new String(writer.write(batch), StandardCharsets.UTF_8))
                .containsIgnoringWhitespaces(
                        """
                        <DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>
                        """)
                .contains("<InstdAmt Ccy=\"EUR\">0.01</InstdAmt>");
    }

    @Test
    void aFullBatchOfTheLargestEuroAmountsHasItsSum() {
        List<CreditTransfer> transfers = new ArrayList<>();
        for (int i = 0; i < CreditTransferBatch.MOST_TRANSFERS; i++) {
            transfers.add(
                    new CreditTransfer(new UUID(1, i), 99_999_999_999L, "EUR", "Ada", BRITISH));
        }

        assertThat(new String(writer.write(batch(transfers)), StandardCharsets.UTF_8))
                .contains("<NbOfTxs>10000</NbOfTxs>")
                .contains("<CtrlSum>9999999999900.00</CtrlSum>");
    }

    @Test
    void whateverTheNamesAndAmountsTheFileIsValidAndItsSumsAreRight() {
        long seed = 20_260_302;
        Random random = new Random(seed);
        String[] currencies = {"EUR", "USD", "JPY", "KWD", "GBP", "CLF"};
        for (int run = 0; run < 60; run++) {
            List<CreditTransfer> transfers = new ArrayList<>();
            int size = 1 + random.nextInt(20);
            for (int i = 0; i < size; i++) {
                transfers.add(
                        new CreditTransfer(
                                new UUID(random.nextLong(), random.nextLong()),
                                1 + random.nextLong(10_000_000_000L),
                                currencies[random.nextInt(currencies.length)],
                                "x" + oddName(random),
                                BRITISH));
            }
            CreditTransferBatch batch = batch(transfers);
            String what = "seed " + seed + ", run " + run;
            byte[] file = writer.write(batch);

            assertThatCode(() -> MessageSchema.PAIN_001_001_09.validate(file))
                    .as(what)
                    .doesNotThrowAnyException();
            assertThat(FakeBank.given(file).endToEndIds())
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(
                            transfers.stream().map(CreditTransfer::endToEndId).toList());
            assertThat(PainSums.of(file)).as(what).isEqualTo(PainSums.expected(transfers));
        }
    }

    /** Any characters at all, also ones that XML cannot hold. */
    private static String oddName(Random random) {
        StringBuilder name = new StringBuilder();
        int length = random.nextInt(120);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(4)) {
                case 0 -> name.append((char) random.nextInt(128));
                case 1 -> name.append((char) random.nextInt(0x600));
                case 2 -> name.append((char) random.nextInt(0x10000));
                default -> name.appendCodePoint(random.nextInt(0x110000));
            }
        }
        return name.toString();
    }
}
