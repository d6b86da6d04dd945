package dev.confetti.ledger.posting;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kind of an account: the first part of its code tells it, and it tells the normal side. */
public enum AccountType {
    COIN("coin:", Side.DEBIT),
    VIEWER("viewer:", Side.CREDIT),
    DIAMOND("diamond:", Side.DEBIT),
    CREATOR("creator:", Side.CREDIT),
    ASSET("1", Side.DEBIT),
    LIABILITY("2", Side.CREDIT),
    INCOME("4", Side.CREDIT),
    COST("5", Side.DEBIT);

    private final String prefix;
    private final Side normalSide;

    AccountType(String prefix, Side normalSide) {
        this.prefix = prefix;
        this.normalSide = normalSide;
    }

    /** What the codes of this type, and no others, begin with. */
    public String prefix() {
        return prefix;
    }

    public Side normalSide() {
        return normalSide;
    }

    /** The name in the API, such as {@code liability}. */
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Debits and credits as one number, positive on the normal side. */
    public long balance(long debits, long credits) {
        return normalSide == Side.DEBIT
                ? Math.subtractExact(debits, credits)
                : Math.subtractExact(credits, debits);
    }

    /**
     * The type of a code.
     *
     * @throws IllegalArgumentException when no type has such codes
     */
    public static AccountType of(String code) {
        for (AccountType type : values()) {
            if (code.startsWith(type.prefix)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "account \"" + code + "\": expected a code that begins with one of " + prefixes());
    }

    public static Optional<AccountType> named(String apiName) {
        return Arrays.stream(values()).filter(t -> t.apiName().equals(apiName)).findFirst();
    }

    private static String prefixes() {
        return Arrays.stream(values()).map(AccountType::prefix).collect(Collectors.joining(", "));
    }
}
