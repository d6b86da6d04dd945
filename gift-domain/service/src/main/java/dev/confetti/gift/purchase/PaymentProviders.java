package dev.confetti.gift.purchase;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.util.List;

/** Who takes the money here; immutable. */
public final class PaymentProviders {
    private final List<PaymentProvider> providers;

    public PaymentProviders(List<PaymentProvider> providers) {
        this.providers = List.copyOf(providers);
    }

    /**
     * The provider of a name.
     *
     * @throws RefusedException {@code unknown-provider}
     */
    PaymentProvider require(String name) {
        for (PaymentProvider provider : providers) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        throw new RefusedException(
                ProblemType.UNKNOWN_PROVIDER,
                "provider \""
                        + name
                        + "\": expected one of "
                        + providers.stream().map(PaymentProvider::name).toList());
    }
}
