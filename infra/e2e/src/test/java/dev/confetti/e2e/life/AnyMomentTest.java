package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.Seeded;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the finance API answers as of any moment, with any filter. */
class AnyMomentTest extends LifeCases {
    /** The ledger keeps all balances at every so many positions. */
    private static final long BLOCK = 8_192;

    /** Over the example's life, many debts, and the end of a block of the books' history. */
    @Test
    void whatIsAskedAsOfAnyMomentIsTheSumOfAllEntriesUntilThen() throws Exception {
        new ExampleLife(stage).live();
        beginOn("2026-11-01");
        Crowd.fillLog(stage, BLOCK - 70);
        payDebtDayByDay();
        assertThat(ledger.awaitAll()).isGreaterThan(BLOCK);
        EntrySums sums = EntrySums.of(ledger.read("/export?format=csv").body());
        Seeded.run(
                random -> {
                    RandomQuestions questions = new RandomQuestions(ledger, sums, random);
                    for (int i = 0; i < 40; i++) {
                        questions.askForAccounts();
                        questions.askForATrialBalance();
                        questions.askForEntries();
                    }
                });
    }

    /** The example's adjustment took 0.03 off the bank. */
    @Override
    long adjustedBankMinor() {
        return -3;
    }

    /** Eight viewers owe 2,100 coins each, and get 300 a day for a week. */
    private static void payDebtDayByDay() {
        String liveId = new Creator(stage, "c-10").live();
        List<Viewer> debtors =
                IntStream.range(0, 8).mapToObj(i -> new Viewer(stage, "v-10-" + i)).toList();
        for (Viewer debtor : debtors) {
            UUID purchase = debtor.shop().paidByCard(LifeStage.LARGE, 2_000, 0, 88);
            debtor.sent(liveId, 2_100);
            Response refund = staff.refund(staff.maker(), stage.next("owe-"), purchase, "all");
            assertThat(refund.number("coinsOwed")).isEqualTo(2_100);
        }
        for (int day = 2; day <= 8; day++) {
            stage.at("2026-11-0" + day + "T12:00");
            debtors.forEach(each -> staff.grant(each.id(), 300));
        }
        debtors.forEach(each -> each.assertCoins(ledger, 0, 0, 0, 0));
    }
}
