package dev.confetti.gift.live;

import java.util.random.RandomGenerator;

/** Names that nobody can guess, of characters that survive every URL and every reader. */
public final class RandomNames {
    /** 32 characters, 5 bits each; without l, o, 0 and 1. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private final RandomGenerator random;

    public RandomNames(RandomGenerator random) {
        this.random = random;
    }

    /** A name of so many characters. */
    public String next(int characters) {
        StringBuilder name = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
