package dev.confetti.ledger.posting;

/**
 * A place that amounts of one asset move between; the same code in two assets is two accounts.
 *
 * @param code a path such as {@code viewer:42:coin:paid}
 */
public record Account(String code, Asset asset) {
    public AccountType type() {
        return AccountType.of(code);
    }

    @Override
    public String toString() {
        return code + " " + asset.code();
    }
}
