package dev.confetti.simulation.model;

/**
 * A line of a provider's report.
 *
 * @param kind as the service's own format has it, such as {@code chargeback-won}
 * @param purchase whose payment or refund it is; one that nobody made for any other kind
 * @param reference the provider's name of the dispute; empty for a payment or refund
 * @param grossMinor above 0: for us
 * @param feeMinor what the provider keeps of it
 */
public record ReportLine(
        String kind, Name purchase, String reference, long grossMinor, long feeMinor) {}
