package dev.confetti.gift.apple;

import com.apple.itunes.storekit.client.APIException;
import com.apple.itunes.storekit.client.BearerTokenAuthenticator;
import com.apple.itunes.storekit.model.ConsumptionRequest;
import com.apple.itunes.storekit.model.DeliveryStatus;
import com.apple.itunes.storekit.model.Environment;
import com.apple.itunes.storekit.verification.SignedDataVerifier;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.CheckoutLink;
import dev.confetti.gift.purchase.CoinPackage;
import dev.confetti.gift.purchase.PaymentNotice;
import dev.confetti.gift.purchase.PaymentNotice.ConsumptionAsked;
import dev.confetti.gift.purchase.PaymentProvider;
import dev.confetti.gift.purchase.SpentShare;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purchases in an app by StoreKit: the app buys a product with our purchase's id as its {@code
 * appAccountToken}, signed transactions tell what came of it. Thread-safe.
 *
 * <p>A payment's reference is the transaction's id. Only Apple gives money back.
 */
public final class AppleProvider implements PaymentProvider {
    static final String NAME = "apple";

    private static final Logger log = LoggerFactory.getLogger(AppleProvider.class);

    private final AppleConfig config;
    private final AppleEvents events;
    private final @Nullable AppStoreClient appStore;

    /**
     * @throws IllegalArgumentException when a certificate or the key cannot be read
     */
    public AppleProvider(AppleConfig config) {
        this.config = config;
        Environment environment =
                config.production() ? Environment.PRODUCTION : Environment.SANDBOX;
        this.appStore = client(config, environment);
        this.events =
                new AppleEvents(
                        verifier(config, environment), config.commissionBps(), appStore != null);
    }

    private static SignedDataVerifier verifier(AppleConfig config, Environment environment) {
        Set<InputStream> roots = new HashSet<>();
        for (Path file : config.rootCertificates()) {
            try {
                roots.add(new ByteArrayInputStream(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw unreadable("confetti.apple.root-certificates", file, e);
            }
        }
        try {
            return new SignedDataVerifier(
                    roots,
                    config.bundleId(),
                    config.appAppleId(),
                    environment,
                    config.onlineChecks());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "confetti.apple.root-certificates "
                            + config.rootCertificates()
                            + ": expected files with one certificate each, in DER or PEM",
                    e);
        }
    }

    private static @Nullable AppStoreClient client(AppleConfig config, Environment environment) {
        AppleConfig.Api api = config.api();
        if (api == null) {
            return null;
        }
        try {
            String key = Files.readString(api.keyFile(), StandardCharsets.US_ASCII);
            return new AppStoreClient(
                    new BearerTokenAuthenticator(
                            key.strip(), api.keyId(), api.issuerId(), config.bundleId()),
                    environment,
                    api.url());
        } catch (IOException | RuntimeException e) {
            throw unreadable("confetti.apple.key-file", api.keyFile(), e);
        }
    }

    private static IllegalArgumentException unreadable(String key, Path file, Exception e) {
        return new IllegalArgumentException(
                key + " " + file + ": expected a file that can be read: " + e.getMessage(), e);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Started start(UUID purchaseId, CoinPackage bought) {
        return new Started.Checkout(
                purchaseId.toString(),
                CheckoutLink.appStore(config.productPrefix() + bought.packageId(), purchaseId));
    }

    @Override
    public Refund refund(CoinsPurchased payment, UUID refundId) {
        throw new RefusedException(
                ProblemType.REFUND_BY_STORE,
                "purchase "
                        + payment.purchaseId()
                        + ": expected one whose money we hold; its buyer asks Apple for it, at"
                        + " https://reportaproblem.apple.com, and Apple tells us");
    }

    @Override
    public List<PaymentNotice> read(NoticeRequest request) {
        return events.notification(request.body());
    }

    @Override
    public List<PaymentNotice> readReceipt(UUID purchaseId, String receipt) {
        return events.receipt(purchaseId, receipt);
    }

    @Override
    public Optional<String> tellSpent(ConsumptionAsked asked, SpentShare spent) {
        if (appStore == null) {
            return Optional.of("Apple is not told what buyers spend; see confetti.apple");
        }
        try {
            appStore.sendConsumptionInformation(
                    asked.reference(),
                    new ConsumptionRequest(true, DeliveryStatus.DELIVERED, false)
                            .consumptionPercentage(spent.millipercent()));
            return Optional.empty();
        } catch (APIException e) {
            if (isFinal(e.getHttpStatusCode())) {
                return Optional.of("Apple takes no answer how much is spent: " + e);
            }
            throw unavailable(e);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Not so when the key is wrong, which the operator can change. */
    private static boolean isFinal(int status) {
        return status == 400 || status == 404;
    }

    private static RefusedException unavailable(Exception e) {
        log.warn("Apple: cannot be told how much is spent: {}", e.toString());
        return new RefusedException(
                ProblemType.UNAVAILABLE, "Apple cannot be told how much is spent just now");
    }
}
