package dev.confetti.gift.purchase;

/**
 * An amount of money.
 *
 * @param amountMinor in minor units of the currency, such as cents
 * @param currency ISO 4217 code
 */
public record Money(long amountMinor, String currency) {}
