package dev.confetti.gift.payout;

import dev.confetti.gift.command.EventTexts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The accounts that payouts go to: texts of their requests. Thread-safe. */
public final class Destinations {
    private static final String IBAN = "iban";
    private static final String NAME = "name";

    private final EventTexts texts;

    public Destinations(EventTexts texts) {
        this.texts = texts;
    }

    /** The texts to keep with a request. */
    static Map<String, String> texts(RequestPayoutRequest.Destination account) {
        return Map.of(IBAN, account.iban(), NAME, account.name());
    }

    /** The account of one payout; null when it is known no longer. */
    Payout.@Nullable Destination of(UUID payoutId) {
        return of(List.of(payoutId)).get(payoutId);
    }

    /** The accounts of payouts, without those that are known no longer. */
    Map<UUID, Payout.Destination> of(Collection<UUID> payoutIds) {
        Map<UUID, Payout.Destination> accounts = new HashMap<>();
        texts.kept(payoutIds)
                .forEach(
                        (payoutId, kept) -> {
                            String iban = kept.values().get(IBAN);
                            String name = kept.values().get(NAME);
                            if (iban != null && name != null) {
                                accounts.put(
                                        payoutId,
                                        new Payout.Destination(iban, name, kept.lockedUntil()));
                            }
                        });
        return accounts;
    }
}
