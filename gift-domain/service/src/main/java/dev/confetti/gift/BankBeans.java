package dev.confetti.gift;

import dev.confetti.gift.aggregate.Together;
import dev.confetti.gift.bank.Debtor;
import dev.confetti.gift.command.Clerk;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.payout.Destinations;
import dev.confetti.gift.payout.PayoutBatchQueries;
import dev.confetti.gift.payout.PayoutBatches;
import dev.confetti.gift.payout.PayoutQueries;
import dev.confetti.gift.statement.BankDesk;
import dev.confetti.gift.statement.BankEffects;
import dev.confetti.gift.statement.BankLineTable;
import dev.confetti.gift.statement.BankMessageTable;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From approved payouts to the bank and back: plain objects, put together. */
@Configuration(proxyBeanMethods = false)
class BankBeans {
    private static final int SENT_AT_ONCE = 100;

    @Bean
    Destinations giftDestinations(EventTexts texts) {
        return new Destinations(texts);
    }

    @Bean
    PayoutQueries giftPayoutQueries(GiftDatabase database) {
        return new PayoutQueries(database);
    }

    @Bean
    PayoutBatches giftPayoutBatches(
            GiftDatabase database,
            PayoutQueries payouts,
            Destinations destinations,
            Creators creators,
            EventLog log,
            OnceOnly onceOnly,
            GiftSettings settings,
            InstantSource clock) {
        GiftSettings.@Nullable Bank bank = settings.payingBank();
        return new PayoutBatches(
                new PayoutBatchQueries(database),
                payouts,
                destinations,
                creators,
                log,
                onceOnly,
                bank == null ? null : new Debtor(bank.name(), bank.account(), bank.bic()),
                new Together(SENT_AT_ONCE),
                clock);
    }

    @Bean
    BankMessageTable giftBankMessageTable(GiftDatabase database) {
        return new BankMessageTable(database);
    }

    @Bean
    BankDesk giftBankDesk(
            GiftDatabase database,
            PayoutQueries payouts,
            BankMessageTable messages,
            Creators creators,
            EventLog log,
            InstantSource clock) {
        return new BankDesk(
                payouts,
                new BankLineTable(database),
                messages,
                new BankEffects(payouts, creators, log, clock),
                log,
                clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Clerk giftBankClerk(PayoutBatches batches, BankDesk desk) {
        return new Clerk(
                "payouts",
                () -> {
                    batches.finishAll();
                    desk.lookAgain();
                });
    }
}
