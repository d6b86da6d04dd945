package dev.confetti.gift;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An app at Google Play, under {@code confetti.google}.
 *
 * @param packageName the app's
 * @param credentialsFile a service account's key in JSON, with rights to see and manage orders
 * @param pushAudience the audience that is set at the Pub/Sub subscription
 * @param pushAccount the e-mail of the service account that is set there
 * @param productPrefix what product ids begin with, before a package's id
 * @param commissionBps what Google keeps, 0 to 10,000
 * @param testPurchases whether purchases of licence testers count
 * @param apiUrl where the Android Publisher API answers
 * @param keysUrl where Google's public keys are
 */
public record GoogleSettings(
        String packageName,
        Path credentialsFile,
        String pushAudience,
        String pushAccount,
        @DefaultValue("") String productPrefix,
        @DefaultValue("1500") int commissionBps,
        @DefaultValue("false") boolean testPurchases,
        @DefaultValue("https://androidpublisher.googleapis.com") String apiUrl,
        @DefaultValue("https://www.googleapis.com/oauth2/v3/certs") String keysUrl) {
    private static final Set<String> WEB = Set.of("http", "https");

    public GoogleSettings {
        GiftSettings.present("confetti.google.package-name", packageName);
        GiftSettings.present("confetti.google.credentials-file", text(credentialsFile));
        GiftSettings.present("confetti.google.push-audience", pushAudience);
        GiftSettings.present("confetti.google.push-account", pushAccount);
        GiftSettings.require("confetti.google.commission-bps", commissionBps, 0, 10_000);
        apiUrl = GiftSettings.url("confetti.google.api-url", apiUrl, WEB);
        keysUrl = GiftSettings.url("confetti.google.keys-url", keysUrl, WEB);
    }

    private static @Nullable String text(@Nullable Path file) {
        return file == null ? null : file.toString();
    }

    @Override
    public String toString() {
        return packageName + " at Google Play";
    }
}
