package dev.confetti.gift;

import dev.confetti.gift.catalogue.GiftController;
import dev.confetti.gift.catalogue.PriceController;
import dev.confetti.gift.earning.EarningController;
import dev.confetti.gift.live.LiveController;
import dev.confetti.gift.live.PlayTokenController;
import dev.confetti.gift.live.PublisherController;
import dev.confetti.gift.log.LogConfiguration;
import dev.confetti.gift.payout.PayoutBatchController;
import dev.confetti.gift.payout.PayoutController;
import dev.confetti.gift.people.PersonController;
import dev.confetti.gift.policy.PolicyController;
import dev.confetti.gift.problem.ProblemAdvice;
import dev.confetti.gift.problem.ProblemErrorController;
import dev.confetti.gift.purchase.PurchaseController;
import dev.confetti.gift.purchase.WebhookController;
import dev.confetti.gift.sending.GiftSendController;
import dev.confetti.gift.sending.WalletController;
import dev.confetti.gift.statement.BankMessageController;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The whole gift service, for a process of its own or beside other modules. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GiftSettings.class)
@Import({
    DatabaseBeans.class,
    LogConfiguration.class,
    PeopleBeans.class,
    DomainBeans.class,
    PurchaseBeans.class,
    EarningBeans.class,
    BankBeans.class,
    ProviderBeans.class,
    FinanceBeans.class,
    PublishingBeans.class,
    SecurityBeans.class,
    WebBeans.class,
    BankMessageController.class,
    EarningController.class,
    GiftController.class,
    GiftSendController.class,
    LiveController.class,
    PayoutBatchController.class,
    PayoutController.class,
    PersonController.class,
    PlayTokenController.class,
    PolicyController.class,
    PriceController.class,
    ProblemAdvice.class,
    ProblemErrorController.class,
    PublisherController.class,
    PurchaseController.class,
    WebhookController.class,
    WalletController.class
})
public class GiftServiceConfiguration {}
