package dev.confetti.gift;

import dev.confetti.gift.bank.Debtor;
import dev.confetti.gift.bank.Iban;
import dev.confetti.gift.vault.MasterKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator sets, under {@code confetti.} or {@code CONFETTI_…}; other modules have keys of
 * their own there.
 *
 * @param publicUrl where clients reach pages and API, without a slash at its end
 * @param mediaUrl where clients reach media over HTTP
 * @param rtmpUrl where publishers and players reach RTMP
 * @param devAuth whether anybody may make tokens for anybody
 * @param serviceToken the secret that the gateway shows; without one its calls are refused
 * @param playToken whether lives are played by token
 * @param stripe the account at Stripe that sells coins; none: Stripe is no provider here
 * @param bank the account that payouts are paid from; none: payouts end with their approval
 * @param apple the app at the App Store that sells coins; none: Apple is no provider here
 * @param google the app at Google Play that sells coins; none: Google is no provider here
 * @param policy policies by name
 */
@ConfigurationProperties("confetti")
public record GiftSettings(
        @DefaultValue Postgres postgres,
        @DefaultValue Kafka kafka,
        @DefaultValue("http://localhost:8080") String publicUrl,
        @DefaultValue("http://localhost:8088") String mediaUrl,
        @DefaultValue("rtmp://localhost:1935") String rtmpUrl,
        @DefaultValue("false") boolean devAuth,
        @Nullable String serviceToken,
        @DefaultValue SignIn signIn,
        @DefaultValue PlayTokenSettings playToken,
        @Nullable Stripe stripe,
        @Nullable AppleSettings apple,
        @Nullable GoogleSettings google,
        @DefaultValue Sandbox sandbox,
        @DefaultValue Wallets wallets,
        @DefaultValue Earnings earnings,
        @Nullable Bank bank,
        @DefaultValue People people,
        @DefaultValue Map<String, String> policy) {

    public GiftSettings {
        publicUrl = url("confetti.public-url", publicUrl, Set.of("http", "https"));
        mediaUrl = url("confetti.media-url", mediaUrl, Set.of("http", "https"));
        rtmpUrl = url("confetti.rtmp-url", rtmpUrl, Set.of("rtmp", "rtmps"));
        policy = Map.copyOf(policy);
        if (serviceToken != null && serviceToken.isBlank()) {
            serviceToken = null;
        }
    }

    /**
     * The database of the event log.
     *
     * @param url JDBC's form, or libpq's with user and password in it
     * @param connections the most that the service opens, 2 to 1,000; the log's writer keeps one
     */
    public record Postgres(
            @DefaultValue("jdbc:postgresql://localhost:15432/confetti") String url,
            @DefaultValue("confetti") String user,
            @DefaultValue("confetti") String password,
            @DefaultValue("16") int connections) {
        public Postgres {
            PostgresUrl read = PostgresUrl.of("confetti.postgres.url", url, user, password);
            url = read.url();
            user = read.user();
            password = read.password();
            require("confetti.postgres.connections", connections, 2, 1_000);
        }
    }

    /**
     * Where events are published.
     *
     * @param bootstrap {@code host:port} by commas
     */
    public record Kafka(@DefaultValue("localhost:19092") String bootstrap) {}

    /**
     * Where persons sign in.
     *
     * @param issuer of an OpenID provider; without one only dev tokens are taken, if any
     * @param audience that its tokens must name; without one any does
     * @param secret what dev tokens are signed with, so that other processes can take them; at
     *     least 32 bytes. Without one it is a secret of the database
     */
    public record SignIn(
            @Nullable String issuer, @Nullable String audience, @Nullable String secret) {
        private static final int LEAST_SECRET_BYTES = 32;

        public SignIn {
            if (issuer != null && issuer.isBlank()) {
                issuer = null;
            }
            if (audience != null && audience.isBlank()) {
                audience = null;
            }
            if (issuer != null) {
                url("confetti.sign-in.issuer", issuer, Set.of("http", "https"));
            }
            if (secret != null && secret.isBlank()) {
                secret = null;
            }
            if (secret != null) {
                int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
                if (bytes < LEAST_SECRET_BYTES) {
                    throw new IllegalArgumentException(
                            "confetti.sign-in.secret of "
                                    + bytes
                                    + " bytes: expected at least "
                                    + LEAST_SECRET_BYTES);
                }
            }
        }
    }

    /**
     * An account at Stripe.
     *
     * @param apiKey secret or restricted key
     * @param webhookSecret of the endpoint {@code /v1/payments/webhooks/stripe}, {@code whsec_…}
     * @param apiUrl where Stripe answers
     * @param automaticTax whether Stripe computes a tax on top of the price
     */
    public record Stripe(
            String apiKey,
            String webhookSecret,
            @DefaultValue("https://api.stripe.com") String apiUrl,
            @DefaultValue("false") boolean automaticTax) {
        public Stripe {
            present("confetti.stripe.api-key", apiKey);
            present("confetti.stripe.webhook-secret", webhookSecret);
            apiUrl = url("confetti.stripe.api-url", apiUrl, Set.of("http", "https"));
        }

        @Override
        public String toString() {
            return "Stripe at " + apiUrl;
        }
    }

    /**
     * The provider that takes no money.
     *
     * @param enabled whether it sells coins; left out: where no other provider does
     * @param webhookSecret what signs its notices; without one all are refused
     */
    public record Sandbox(@Nullable Boolean enabled, @Nullable String webhookSecret) {
        public Sandbox {
            if (webhookSecret != null && webhookSecret.isBlank()) {
                webhookSecret = null;
            }
        }

        @Override
        public String toString() {
            return "sandbox, enabled: " + enabled;
        }
    }

    /** Coins for nothing beside coins for money only where the operator says so. */
    public boolean isSandboxEnabled() {
        Boolean chosen = sandbox.enabled();
        return chosen == null ? stripe == null && apple == null && google == null : chosen;
    }

    /**
     * The account that payouts are paid from.
     *
     * @param name of its holder, as the bank knows it
     * @param bic of its bank; may be left out where the bank knows it by the IBAN
     */
    public record Bank(String name, String iban, @Nullable String bic) {
        public Bank {
            if (bic != null && bic.isBlank()) {
                bic = null;
            }
            try {
                new Debtor(name, new Iban(iban), bic);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("confetti.bank: " + e.getMessage(), e);
            }
        }

        Iban account() {
            return new Iban(iban);
        }

        @Override
        public String toString() {
            return "bank account of " + name;
        }
    }

    /** The example account of ISO 13616, where nobody pays anything but for trying. */
    private static final Bank EXAMPLE_BANK = new Bank("Confetti", "GB82WEST12345698765432", null);

    /** The account that payouts are paid from; where anybody can be anybody, an example. */
    public @Nullable Bank payingBank() {
        return bank == null && devAuth ? EXAMPLE_BANK : bank;
    }

    /**
     * How wallets are kept.
     *
     * @param cached how many are in memory, 1 to 100,000,000
     * @param snapshotEvery how many events of a wallet lie between two snapshots, 10 to 1,000,000
     */
    public record Wallets(
            @DefaultValue("200000") int cached, @DefaultValue("200") int snapshotEvery) {
        public Wallets {
            require("confetti.wallets.cached", cached, 1, 100_000_000);
            require("confetti.wallets.snapshot-every", snapshotEvery, 10, 1_000_000);
        }
    }

    /**
     * How earnings are added up.
     *
     * @param every how long between two looks at the log, 10 ms to 1 h
     */
    public record Earnings(@DefaultValue("1s") Duration every) {
        private static final Duration LEAST = Duration.ofMillis(10);
        private static final Duration MOST = Duration.ofHours(1);

        public Earnings {
            if (every.compareTo(LEAST) < 0 || every.compareTo(MOST) > 0) {
                throw new IllegalArgumentException(
                        "confetti.earnings.every " + every + ": expected " + LEAST + " to " + MOST);
            }
        }
    }

    /** A key of a group of which others are set. */
    static void present(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    key
                            + ": expected a value, as other keys of "
                            + key.substring(0, key.lastIndexOf('.'))
                            + " are set");
        }
    }

    /**
     * How persons' names and texts are sealed.
     *
     * @param masterKey what wraps their keys: 32 bytes in base64; older ones, which only unwrap,
     *     after commas. Without one it is a secret of the database
     */
    public record People(@Nullable String masterKey) {
        public People {
            if (masterKey != null && masterKey.isBlank()) {
                masterKey = null;
            }
            if (masterKey != null) {
                requireKeys(masterKey);
            }
        }

        private static void requireKeys(String masterKey) {
            try {
                MasterKeys.parse(masterKey);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("confetti.people.master-key: " + e.getMessage());
            }
        }

        List<byte[]> masterKeys() {
            return masterKey == null ? List.of() : MasterKeys.parse(masterKey);
        }

        @Override
        public String toString() {
            return masterKey == null
                    ? "sealed by the database's own key"
                    : "sealed by a master key";
        }
    }

    static void require(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    key + " " + value + ": expected " + least + " to " + most);
        }
    }

    static String url(String key, String text, Set<String> schemes) {
        try {
            URI url = new URI(text);
            if (url.getScheme() != null
                    && schemes.contains(url.getScheme())
                    && url.getHost() != null) {
                return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            }
        } catch (URISyntaxException e) {
            // falls through to the refusal
        }
        throw new IllegalArgumentException(key + " \"" + text + "\": expected a URL of " + schemes);
    }
}
