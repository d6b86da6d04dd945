package dev.confetti.gift.bank;

import dev.confetti.gift.bank.StatementLine.Direction;
import dev.confetti.gift.bank.XmlElement.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a statement says was booked on the account before it and after it ({@code Bal}), as far as
 * that can be read and is there once: banks state many more.
 */
final class StatementBalances {
    private final List<Balance> opening = new ArrayList<>();
    private final List<Balance> previous = new ArrayList<>();
    private final List<Balance> closing = new ArrayList<>();

    /**
     * A balance.
     *
     * @param minor below 0: the account is overdrawn
     */
    private record Balance(long minor, String currency) {
        @Override
        public String toString() {
            return CurrencyAmounts.decimal(minor, currency).toPlainString() + " " + currency;
        }
    }

    /** Takes one {@code Bal} in. */
    void add(XmlElement balance) {
        String type = balance.textAt("Tp", "CdOrPrtry", "Cd");
        Optional<Amount> amount = balance.find("Amt").flatMap(XmlElement::readableAmount);
        if (type == null || amount.isEmpty()) {
            return;
        }
        long minor = amount.get().minor();
        Direction side = EntryReader.direction(balance.required("CdtDbtInd"));
        Balance read =
                new Balance(side == Direction.CREDIT ? minor : -minor, amount.get().currency());
        switch (type) {
            case "OPBD" -> opening.add(read);
            case "PRCD" -> previous.add(read);
            case "CLBD" -> closing.add(read);
            default -> {
                // Interim, expected and available balances move without a booking.
            }
        }
    }

    /**
     * Refuses a statement without a movement that says the balance is another than before.
     *
     * @param line where the statement begins
     * @throws MalformedBankMessageException with both balances
     */
    void requireUnmoved(int line) {
        List<Balance> before = opening.isEmpty() ? previous : opening;
        if (before.size() == 1
                && closing.size() == 1
                && !before.getFirst().equals(closing.getFirst())) {
            throw new MalformedBankMessageException(
                    line,
                    "Stmt: opening balance "
                            + before.getFirst()
                            + ", closing balance "
                            + closing.getFirst()
                            + " and no booked entry: expected the entries between them");
        }
    }
}
