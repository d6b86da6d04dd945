package dev.confetti.gift.apple;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app at the App Store.
 *
 * @param bundleId the app's
 * @param appAppleId the app's number at the App Store; null only outside production
 * @param production whether real money is paid; otherwise only the store's sandbox is taken
 * @param rootCertificates files with Apple's root certificates, in DER or PEM
 * @param onlineChecks whether certificates must be valid now and not revoked, which asks Apple;
 *     otherwise they must have been valid when they signed
 * @param productPrefix what a package's product id begins with, before the package's id
 * @param commissionBps what Apple keeps of the price, in ten-thousandths
 * @param api for answers how much is spent; null: such questions are not answered
 */
public record AppleConfig(
        String bundleId,
        @Nullable Long appAppleId,
        boolean production,
        List<Path> rootCertificates,
        boolean onlineChecks,
        String productPrefix,
        int commissionBps,
        @Nullable Api api) {
    public AppleConfig {
        rootCertificates = List.copyOf(rootCertificates);
    }

    /**
     * The App Store Server API.
     *
     * @param url where it answers; null: where Apple says
     * @param issuerId of the key, as App Store Connect shows it
     * @param keyFile the key in PEM, as downloaded from there
     */
    public record Api(@Nullable URI url, String keyId, String issuerId, Path keyFile) {}
}
