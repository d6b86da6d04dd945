package dev.confetti.gift.purchase;

import java.util.UUID;

/** A provider that takes no money and says that it did, at the usual price of a card payment. */
public final class SandboxProvider implements PaymentProvider {
    private static final long COMMISSION_PER_MILLE = 29;
    private static final long COMMISSION_FIXED_MINOR = 30;

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Payment pay(UUID purchaseId, Money price) {
        return new Payment("sandbox-" + purchaseId, 0, commissionMinor(price.amountMinor()));
    }

    /** 2.9% and 30 minor units, halves rounded up, never more than the price. */
    static long commissionMinor(long priceMinor) {
        long perMille = Math.multiplyExact(priceMinor, COMMISSION_PER_MILLE);
        long share = Math.floorDiv(Math.addExact(perMille, 500), 1_000L);
        return Math.min(priceMinor, Math.addExact(share, COMMISSION_FIXED_MINOR));
    }
}
