package dev.confetti.gift.google;

import java.net.URI;
import java.nio.file.Path;

/**
 * An app at Google Play.
 *
 * @param packageName the app's
 * @param credentialsFile the service account's key that may use the Android Publisher API, in JSON
 * @param pushAudience the audience that the subscription's push names
 * @param pushAccount the e-mail of the service account that the push is signed for
 * @param productPrefix what a package's product id begins with, before the package's id
 * @param commissionBps what Google keeps of the price, in ten-thousandths
 * @param testPurchases whether purchases of licence testers, who pay nothing, count
 * @param apiUrl where the Android Publisher API answers
 * @param keysUrl where Google's public keys are, as a JSON Web Key Set
 */
public record GoogleConfig(
        String packageName,
        Path credentialsFile,
        String pushAudience,
        String pushAccount,
        String productPrefix,
        int commissionBps,
        boolean testPurchases,
        URI apiUrl,
        URI keysUrl) {}
