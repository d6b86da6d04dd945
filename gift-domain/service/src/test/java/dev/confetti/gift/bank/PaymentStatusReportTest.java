package dev.confetti.gift.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.bank.PaymentStatusReport.Part;
import dev.confetti.gift.bank.PaymentStatusReport.Status;
import dev.confetti.gift.bank.PaymentStatusReport.TransactionStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentStatusReportTest {
    private static final String FILE = "0199a0000000700080000000000000b1";

    private static BankMessage read(String name) {
        return new BankMessages().read(BankSamples.bytes(name));
    }

    @Test
    void anAcceptedFileIsReadAndItsSchemaLocationIsNotFetched() {
        assertThat(read("accepted.pain.002.001.10.xml"))
                .isEqualTo(
                        new PaymentStatusReport(
                                "PSR-20260302-0001",
                                FILE,
                                new Status("ACCP", null, null),
                                List.of()));
    }

    @Test
    void aRejectedFileIsReadWithItsReason() {
        assertThat(read("rejected-file.pain.002.001.10.xml"))
                .isEqualTo(
                        new PaymentStatusReport(
                                "PSR-20260302-0002",
                                FILE,
                                new Status(
                                        "RJCT", "AM18", "Number of transactions is over the limit"),
                                List.of()));
    }

    @Test
    void rejectedTransfersAndPartsAreReadWhateverThePrefixAndTheVersion() {
        assertThat(read("rejected-transfers.pain.002.001.03.xml"))
                .isEqualTo(
                        new PaymentStatusReport(
                                "PSR-20260302-0003",
                                FILE,
                                null,
                                List.of(
                                        new Part(
                                                FILE + "EUR",
                                                new Status("ACSP", null, null),
                                                List.of(
                                                        new TransactionStatus(
                                                                "0199a000000070008000000000000001",
                                                                new Status(
                                                                        "RJCT",
                                                                        "AC04",
                                                                        "Account closed")),
                                                        new TransactionStatus(
                                                                "0199a000000070008000000000000003",
                                                                new Status("ACSP", null, null)),
                                                        new TransactionStatus(
                                                                null,
                                                                new Status(
                                                                        "PDNG",
                                                                        "hand-check",
                                                                        null)))),
                                        new Part(
                                                FILE + "JPY",
                                                new Status("RJCT", "AC01", null),
                                                List.of()))));
    }

    @Test
    void aTransferWithoutAStatusHasThatOfItsFileIfItsPartHasNone() {
        byte[] file =
                BankSamples.changed(
                        "rejected-file.pain.002.001.10.xml",
                        "</OrgnlGrpInfAndSts>",
                        """
                        </OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>P</OrgnlPmtInfId>
                        <TxInfAndSts><OrgnlEndToEndId>E</OrgnlEndToEndId></TxInfAndSts>
                        </OrgnlPmtInfAndSts>
                        """);

        PaymentStatusReport report = (PaymentStatusReport) new BankMessages().read(file);

        assertThat(report.isRejected()).isTrue();
        assertThat(report.parts().getFirst().status()).isNull();
        assertThat(report.parts().getFirst().transactions())
                .containsExactly(new TransactionStatus("E", report.status()));
    }

    @ParameterizedTest
    @CsvSource({
        "RJCT, true, false",
        "CANC, true, false",
        "ACSC, false, true",
        "ACCC, false, true",
        "ACCP, false, false",
        "ACSP, false, false",
        "PDNG, false, false",
        "PART, false, false"
    })
    void onlySomeCodesAreFinal(String code, boolean rejected, boolean settled) {
        Status status = new Status(code, null, null);

        assertThat(status.isRejected()).isEqualTo(rejected);
        assertThat(status.isSettled()).isEqualTo(settled);
    }
}
