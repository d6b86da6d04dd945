package dev.confetti.gift;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An app at the App Store, under {@code confetti.apple}.
 *
 * @param bundleId the app's
 * @param appAppleId the app's number at the App Store
 * @param environment {@code Production} or {@code Sandbox}; purchases of the other one are refused
 * @param rootCertificates files with Apple's root certificates
 * @param onlineChecks whether Apple is asked for revoked certificates
 * @param productPrefix what product ids begin with, before a package's id
 * @param commissionBps what Apple keeps, 0 to 10,000
 * @param consumptionConsent whether buyers have agreed that Apple is told what they spend; then it
 *     is, and the three keys of the App Store Server API are needed
 * @param apiUrl where that API answers; without one where Apple says
 */
public record AppleSettings(
        String bundleId,
        @Nullable Long appAppleId,
        @DefaultValue("Production") String environment,
        List<Path> rootCertificates,
        @DefaultValue("true") boolean onlineChecks,
        @DefaultValue("") String productPrefix,
        @DefaultValue("3000") int commissionBps,
        @DefaultValue("false") boolean consumptionConsent,
        @Nullable String keyId,
        @Nullable String issuerId,
        @Nullable Path keyFile,
        @Nullable String apiUrl) {
    private static final String PRODUCTION = "Production";
    private static final Set<String> ENVIRONMENTS = Set.of(PRODUCTION, "Sandbox");

    public AppleSettings {
        GiftSettings.present("confetti.apple.bundle-id", bundleId);
        if (!ENVIRONMENTS.contains(environment)) {
            throw new IllegalArgumentException(
                    "confetti.apple.environment \""
                            + environment
                            + "\": expected Production or Sandbox");
        }
        if (appAppleId == null && environment.equals(PRODUCTION)) {
            throw new IllegalArgumentException(
                    "confetti.apple.app-apple-id: expected the app's number at the App Store, as"
                            + " the environment is Production");
        }
        rootCertificates = rootCertificates == null ? List.of() : List.copyOf(rootCertificates);
        if (rootCertificates.isEmpty()) {
            throw new IllegalArgumentException(
                    "confetti.apple.root-certificates: expected one or more files, from"
                            + " https://www.apple.com/certificateauthority/");
        }
        GiftSettings.require("confetti.apple.commission-bps", commissionBps, 0, 10_000);
        if (consumptionConsent) {
            GiftSettings.present("confetti.apple.key-id", keyId);
            GiftSettings.present("confetti.apple.issuer-id", issuerId);
            GiftSettings.present(
                    "confetti.apple.key-file", keyFile == null ? null : keyFile.toString());
        }
        if (apiUrl != null) {
            apiUrl = GiftSettings.url("confetti.apple.api-url", apiUrl, Set.of("http", "https"));
        }
    }

    boolean isProduction() {
        return environment.equals(PRODUCTION);
    }

    @Override
    public String toString() {
        return bundleId + " at the App Store, " + environment;
    }
}
