package dev.confetti.gift.http;

/**
 * A record that is read from a JSON request body by {@link StrictJson}: its components are {@code
 * String}, {@code long}, {@code Long}, {@code Diamonds}, {@code List<String>} or such a record,
 * each required unless {@code Nullable}; one that is also {@link Stated} may be null but not be
 * left out. A compact constructor may refuse values by {@link IllegalArgumentException}.
 */
public interface JsonRequest {}
