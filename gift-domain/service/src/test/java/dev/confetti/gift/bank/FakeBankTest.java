package dev.confetti.gift.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.confetti.gift.bank.PaymentStatusReport.Status;
import dev.confetti.gift.bank.PaymentStatusReport.TransactionStatus;
import dev.confetti.gift.bank.StatementLine.Charge;
import dev.confetti.gift.bank.StatementLine.Direction;
import dev.confetti.gift.bank.StatementLine.Return;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FakeBankTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 4);
    private static final String ADA = "0199a000000070008000000000000003";
    private static final String ANNA = "0199a000000070008000000000000002";

    private final FakeBank bank =
            FakeBank.given(new CreditTransferInitiation().write(BankSamples.batch()));
    private final BankMessages messages = new BankMessages();

    private PaymentStatusReport report(byte[] file) {
        return (PaymentStatusReport) messages.read(file);
    }

    private List<StatementLine> lines(byte[] file) {
        return ((AccountStatement) messages.read(file)).lines().toList();
    }

    @Test
    void aFileIsAcceptedOrRejectedAsAWhole() {
        assertThat(report(bank.accepts()).status()).isEqualTo(new Status("ACCP", null, null));
        assertThat(report(bank.rejectsFile("AM18")).isRejected()).isTrue();
        assertThat(report(bank.rejectsPart("JPY", "AC01")).parts())
                .extracting(each -> each.paymentInformationId(), each -> each.status())
                .containsExactly(
                        tuple(
                                "0199a0000000700080000000000000b1JPY",
                                new Status("RJCT", "AC01", null)));
        assertThat(CreditTransferBatch.batchId(report(bank.accepts()).originalMessageId()))
                .contains(BankSamples.id("b1"));
    }

    @Test
    void someTransfersAreRejected() {
        assertThat(
                        report(bank.rejects(Map.of(ADA, "AC04"))).parts().stream()
                                .flatMap(part -> part.transactions().stream()))
                .hasSize(4)
                .contains(
                        new TransactionStatus(ADA, new Status("RJCT", "AC04", null)),
                        new TransactionStatus(ANNA, new Status("ACSP", null, null)));
    }

    @Test
    void allTransfersAreDebitedOneByOneOrInOneBooking() {
        List<StatementLine> single = lines(bank.settles(DAY));

        assertThat(single)
                .extracting(
                        StatementLine::endToEndId,
                        StatementLine::amountMinor,
                        StatementLine::currency,
                        StatementLine::direction)
                .containsExactly(
                        tuple(BankIds.text(BankSamples.id("01")), 10_050L, "EUR", Direction.DEBIT),
                        tuple(ADA, 1_111L, "EUR", Direction.DEBIT),
                        tuple(ANNA, 5_000L, "JPY", Direction.DEBIT),
                        tuple(BankIds.text(BankSamples.id("04")), 1_235L, "KWD", Direction.DEBIT));
        assertThat(lines(bank.settlesInOneBooking(DAY)))
                .extracting(StatementLine::endToEndId, StatementLine::amountMinor)
                .isEqualTo(
                        single.stream()
                                .map(each -> tuple(each.endToEndId(), each.amountMinor()))
                                .toList());
        assertThat(lines(bank.announces(DAY))).hasSize(4).noneMatch(StatementLine::isBooked);
    }

    @Test
    void aTransferComesBackLessAFee() {
        assertThat(lines(bank.returns(Set.of(ANNA), "AC04", 300, DAY)))
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.direction()).isEqualTo(Direction.CREDIT);
                            assertThat(line.amountMinor()).isEqualTo(4_700);
                            assertThat(line.returned()).isEqualTo(new Return("AC04"));
                            assertThat(line.charges())
                                    .containsExactly(new Charge(300, "JPY", true, true));
                        });
        assertThat(lines(bank.returns(Set.of(ADA), "AC04", 0, DAY)).getFirst().charges()).isEmpty();
    }

    @Test
    void messagesDifferAndMovementsAreNamedAlike() {
        byte[] first = bank.settles(DAY);
        byte[] second = bank.settles(Set.of(ADA), DAY);

        assertThat(messages.read(first).messageId())
                .isNotEqualTo(messages.read(second).messageId());
        assertThat(lines(second).getFirst().reference()).isEqualTo(lines(first).get(1).reference());
        assertThat(lines(bank.settles(Set.of(), DAY))).isEmpty();
    }
}
