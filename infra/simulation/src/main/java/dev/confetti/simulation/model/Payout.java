package dev.confetti.simulation.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Diamonds that a creator wants as money. */
final class Payout {
    final Name name;
    final String creator;

    /** In 0.0001. */
    final long diamonds;

    final long amountMinor;
    final long withholdingMinor;
    final long feeMinor;
    String status = "requested";
    String by = "";

    /** Of one that was withdrawn. */
    String approvedBy = "";

    @Nullable Name batch;

    /** What the bank did to it, as it was recorded. */
    final Set<String> atBank = new HashSet<>();

    Instant settledAt = Instant.EPOCH;

    /** What somebody said last, if nobody agreed and the bank did not say it since. */
    @Nullable Name resolution;

    /** By outcome: which resolution, and who agreed. */
    final Map<String, Name> resolvedBy = new HashMap<>();

    final Map<String, String> agreedBy = new HashMap<>();

    Payout(Name name, String creator, long diamonds, long amountMinor, Rules rules) {
        this.name = name;
        this.creator = creator;
        this.diamonds = diamonds;
        this.amountMinor = amountMinor;
        this.withholdingMinor = (amountMinor * rules.withholdingBps() + 5_000) / 10_000;
        this.feeMinor = rules.payoutFeeMinor();
    }

    /** What the bank transfers. */
    long netMinor() {
        return amountMinor - withholdingMinor - feeMinor;
    }

    /** An event of it. */
    Facts event(String what) {
        return new Facts("payout-" + what)
                .with("creator", creator)
                .with("payout", name)
                .with("diamonds", diamonds)
                .with("amountMinor", amountMinor);
    }

    /** An event of it, once it is approved. */
    Facts eventWithCharges(String what) {
        return event(what).with("withholdingMinor", withholdingMinor).with("feeMinor", feeMinor);
    }
}
