package dev.confetti.gift;

import dev.confetti.gift.command.Clerk;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.purchase.Chargebacks;
import dev.confetti.gift.purchase.Checkouts;
import dev.confetti.gift.purchase.CoinPackages;
import dev.confetti.gift.purchase.Consumption;
import dev.confetti.gift.purchase.NoticeTable;
import dev.confetti.gift.purchase.PaymentNotices;
import dev.confetti.gift.purchase.PaymentProviders;
import dev.confetti.gift.purchase.ProviderRefunds;
import dev.confetti.gift.purchase.PurchaseHistory;
import dev.confetti.gift.purchase.Purchases;
import dev.confetti.gift.purchase.Refunds;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.Wallets;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Coins for money, and money back. */
@Configuration(proxyBeanMethods = false)
class PurchaseBeans {
    @Bean
    CoinPackages giftCoinPackages() {
        return CoinPackages.ofThisBuild();
    }

    @Bean
    Checkouts giftCheckouts(GiftDatabase database) {
        return new Checkouts(database);
    }

    @Bean
    PaymentNotices giftPaymentNotices(
            GiftDatabase database,
            PaymentProviders providers,
            Checkouts checkouts,
            Purchases purchases,
            ProviderRefunds refunds,
            Chargebacks chargebacks,
            Consumption consumption,
            PurchaseHistory history) {
        return new PaymentNotices(
                providers,
                new NoticeTable(database),
                checkouts,
                purchases,
                refunds,
                chargebacks,
                consumption,
                history);
    }

    @Bean
    Consumption giftConsumption(
            PaymentProviders providers, Wallets wallets, PurchaseStandings standings) {
        return new Consumption(providers, wallets, standings);
    }

    @Bean
    PurchaseHistory giftPurchaseHistory(
            EventLog log, EventTexts texts, PurchaseStandings standings, Checkouts checkouts) {
        return new PurchaseHistory(log, texts, standings, checkouts);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Clerk giftNoticeClerk(PaymentNotices notices) {
        return new Clerk("payment-notices", notices::lookAgain);
    }

    @Bean
    Purchases giftPurchases(
            CoinPackages packages,
            PaymentProviders providers,
            Wallets wallets,
            Checkouts checkouts,
            OnceOnly onceOnly,
            InstantSource clock) {
        return new Purchases(packages, providers, wallets, checkouts, onceOnly, clock);
    }

    @Bean
    @Order(2)
    PurchaseStandings giftPurchaseStandings(GiftDatabase database) {
        return new PurchaseStandings(database);
    }

    @Bean
    Refunds giftRefunds(
            PaymentProviders providers,
            Wallets wallets,
            PurchaseStandings standings,
            OnceOnly onceOnly,
            InstantSource clock) {
        return new Refunds(providers, wallets, standings, onceOnly, clock);
    }

    @Bean
    ProviderRefunds giftProviderRefunds(
            Wallets wallets, PurchaseStandings standings, InstantSource clock) {
        return new ProviderRefunds(wallets, standings, clock);
    }

    @Bean
    Chargebacks giftChargebacks(Wallets wallets, PurchaseStandings standings, InstantSource clock) {
        return new Chargebacks(wallets, standings, clock);
    }
}
