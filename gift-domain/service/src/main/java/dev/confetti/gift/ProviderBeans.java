package dev.confetti.gift;

import dev.confetti.gift.apple.AppleConfig;
import dev.confetti.gift.apple.AppleProvider;
import dev.confetti.gift.google.GoogleConfig;
import dev.confetti.gift.google.GoogleProvider;
import dev.confetti.gift.purchase.PaymentProvider;
import dev.confetti.gift.purchase.PaymentProviders;
import dev.confetti.gift.purchase.SandboxProvider;
import dev.confetti.gift.stripe.StripeConfig;
import dev.confetti.gift.stripe.StripeProvider;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who takes the money, each only where the operator set it up. */
@Configuration(proxyBeanMethods = false)
class ProviderBeans {

    @Bean
    @ConditionalOnProperty("confetti.stripe.api-key")
    StripeProvider giftStripeProvider(GiftSettings settings, InstantSource clock) {
        GiftSettings.Stripe stripe = Objects.requireNonNull(settings.stripe());
        return new StripeProvider(
                new StripeConfig(
                        stripe.apiKey(),
                        stripe.webhookSecret(),
                        URI.create(stripe.apiUrl()),
                        stripe.automaticTax(),
                        URI.create(settings.publicUrl() + "/")),
                clock);
    }

    @Bean
    @ConditionalOnProperty("confetti.apple.bundle-id")
    AppleProvider giftAppleProvider(GiftSettings settings) {
        AppleSettings apple = Objects.requireNonNull(settings.apple());
        return new AppleProvider(
                new AppleConfig(
                        apple.bundleId(),
                        apple.appAppleId(),
                        apple.isProduction(),
                        apple.rootCertificates(),
                        apple.onlineChecks(),
                        apple.productPrefix(),
                        apple.commissionBps(),
                        api(apple)));
    }

    private static AppleConfig.@Nullable Api api(AppleSettings apple) {
        if (!apple.consumptionConsent()) {
            return null;
        }
        String url = apple.apiUrl();
        return new AppleConfig.Api(
                url == null ? null : URI.create(url),
                Objects.requireNonNull(apple.keyId()),
                Objects.requireNonNull(apple.issuerId()),
                Objects.requireNonNull(apple.keyFile()));
    }

    @Bean
    @ConditionalOnProperty("confetti.google.package-name")
    GoogleProvider giftGoogleProvider(GiftSettings settings, InstantSource clock) {
        GoogleSettings google = Objects.requireNonNull(settings.google());
        return new GoogleProvider(
                new GoogleConfig(
                        google.packageName(),
                        google.credentialsFile(),
                        google.pushAudience(),
                        google.pushAccount(),
                        google.productPrefix(),
                        google.commissionBps(),
                        google.testPurchases(),
                        URI.create(google.apiUrl()),
                        URI.create(google.keysUrl())),
                clock);
    }

    @Bean
    PaymentProviders giftPaymentProviders(
            GiftSettings settings, ObjectProvider<PaymentProvider> others) {
        PaymentProvider sandbox = new SandboxProvider(settings.sandbox().webhookSecret());
        List<PaymentProvider> real = others.orderedStream().toList();
        // What was bought in the sandbox once can be given back also when it sells no more.
        List<PaymentProvider> all = new ArrayList<>(real);
        all.add(sandbox);
        return new PaymentProviders(settings.isSandboxEnabled() ? all : real, all);
    }
}
