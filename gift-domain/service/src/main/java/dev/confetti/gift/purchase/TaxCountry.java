package dev.confetti.gift.purchase;

import dev.confetti.gift.purchase.PaymentProvider.Payment;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The country in which a buyer was taxed, by ISO 3166-1: providers write two letters or three. */
final class TaxCountry {
    private static final Logger log = LoggerFactory.getLogger(TaxCountry.class);

    private static final Set<String> ALPHA_2 = Set.of(Locale.getISOCountries());
    private static final Map<String, String> ALPHA_2_OF_3 = new HashMap<>();

    static {
        for (String country : ALPHA_2) {
            ALPHA_2_OF_3.put(Locale.of("", country).getISO3Country(), country);
        }
    }

    private TaxCountry() {}

    /**
     * The country's two letters, upper case; null when the provider does not say, or says what is
     * no country: the buyer has paid, so the coins are credited all the same.
     */
    static @Nullable String of(String provider, Payment payment) {
        String told = payment.taxCountry();
        if (told == null || told.isEmpty()) {
            return null;
        }
        String upper = told.toUpperCase(Locale.ROOT);
        String country = ALPHA_2.contains(upper) ? upper : ALPHA_2_OF_3.get(upper);
        if (country == null) {
            log.warn(
                    "{} payment {}: tax country \"{}\" is left out, expected one of ISO 3166-1",
                    provider,
                    payment.reference(),
                    told);
        }
        return country;
    }
}
