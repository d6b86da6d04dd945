package dev.confetti.simulation.model;

import java.util.SortedMap;
import java.util.TreeMap;

/** Money that moves outside of lots and earnings: debits less credits by account, in 0.000001. */
final class Cash {
    static final String BANK = "1010:bank";
    static final String RECEIVABLE = "1020:receivable:psp";
    static final String IN_TRANSIT = "1030:payouts-in-transit";
    static final String DISPUTED = "1040:disputes-receivable";
    static final String BREAKAGE = "2019:contract-liability:breakage";
    static final String WITHHOLDING = "2150:withholding-tax";
    static final String SUSPENSE = "2300:suspense";
    static final String BREAKAGE_REVENUE = "4020:breakage-revenue";
    static final String PAYOUT_FEE = "4030:payout-fee";
    static final String BANK_CHARGES = "5060:bank-charges";
    static final String ADJUSTMENTS = "5090:adjustments";

    /** What other parts of the model explain, or nothing here does. */
    static final String PAYABLE = "";

    private static final long MICROS = 10_000;

    private final SortedMap<String, Long> balances = new TreeMap<>();

    void book(String debit, String credit, long minor) {
        bookMicros(debit, credit, minor * MICROS);
    }

    void bookMicros(String debit, String credit, long micros) {
        balances.merge(debit, micros, Long::sum);
        balances.merge(credit, -micros, Long::sum);
    }

    void charges(Payout payout) {
        book(PAYABLE, WITHHOLDING, payout.withholdingMinor);
        book(PAYABLE, PAYOUT_FEE, payout.feeMinor);
    }

    void chargesBack(Payout payout) {
        book(WITHHOLDING, PAYABLE, payout.withholdingMinor);
        book(PAYOUT_FEE, PAYABLE, payout.feeMinor);
    }

    /** Those that are explained here and are not 0. */
    SortedMap<String, Long> balances() {
        SortedMap<String, Long> explained = new TreeMap<>(balances);
        explained.remove(PAYABLE);
        explained.values().removeIf(balance -> balance == 0);
        return explained;
    }

    /** Whether an account's balance is explained here. */
    static boolean explains(String account) {
        return switch (account) {
            case BANK,
                    RECEIVABLE,
                    IN_TRANSIT,
                    DISPUTED,
                    BREAKAGE,
                    WITHHOLDING,
                    SUSPENSE,
                    BREAKAGE_REVENUE,
                    PAYOUT_FEE,
                    BANK_CHARGES,
                    ADJUSTMENTS ->
                    true;
            default -> false;
        };
    }
}
