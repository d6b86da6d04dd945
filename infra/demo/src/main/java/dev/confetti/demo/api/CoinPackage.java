package dev.confetti.demo.api;

/**
 * A package of coins on sale.
 *
 * @param coins what a buyer gets, the bonus included
 */
public record CoinPackage(String packageId, long coins) {}
