package dev.confetti.gift.purchase;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.util.List;

/** Who takes the money here; immutable. */
public final class PaymentProviders {
    private final List<PaymentProvider> selling;
    private final List<PaymentProvider> all;

    /**
     * @param selling those of whom coins can be bought
     * @param all those, and others of whom they could be bought before
     */
    public PaymentProviders(List<PaymentProvider> selling, List<PaymentProvider> all) {
        this.selling = List.copyOf(selling);
        this.all = List.copyOf(all);
    }

    /**
     * A provider that sells coins.
     *
     * @throws RefusedException {@code unknown-provider}
     */
    PaymentProvider requireSelling(String name) {
        return require(name, selling);
    }

    /** Whether a provider sells coins here, or did. */
    public boolean isKnown(String name) {
        return all.stream().anyMatch(provider -> provider.name().equals(name));
    }

    /**
     * A provider that sells coins, or did.
     *
     * @throws RefusedException {@code unknown-provider}
     */
    PaymentProvider require(String name) {
        return require(name, all);
    }

    private static PaymentProvider require(String name, List<PaymentProvider> among) {
        for (PaymentProvider provider : among) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        throw new RefusedException(
                ProblemType.UNKNOWN_PROVIDER,
                "provider \""
                        + name
                        + "\": expected one of "
                        + among.stream().map(PaymentProvider::name).toList());
    }
}
