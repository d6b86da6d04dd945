package dev.confetti.gift.settlement;

import dev.confetti.gift.finance.Currencies;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * What is left in the books for settlements. They add up what was ever debited and credited: one
 * file fits by {@link Turnover}, but many of them would not, and the ledger could go on with
 * nothing.
 */
final class Room {
    /**
     * In the main unit of a currency, what all its settlements debit. Less than half of what 64
     * bits hold at six places: the rest is for everything else.
     */
    static final long MOST_UNITS = 4_000_000_000_000L;

    private static final String MOVED =
            """
            select coalesce(sum(abs(bank_minor::numeric) + abs(receivable_minor::numeric)
                + abs(commission_minor::numeric) + abs(suspense_minor::numeric)), 0)
            from domain.provider_settlement where currency = ?
            """;

    private Room() {}

    /**
     * Compares a settlement with what is left.
     *
     * @param connection of the settlement's turn, so that none comes between
     * @throws RefusedException {@code settlement-out-of-range}
     */
    static void require(Connection connection, Report report, SettledSums sums)
            throws SQLException {
        int places = Currencies.minorPlaces(report.currency());
        BigDecimal settled =
                debits(
                        Rows.read(connection, MOVED, row -> row.getBigDecimal(1), report.currency())
                                .getFirst()
                                .toBigIntegerExact(),
                        places);
        BigDecimal settling =
                debits(
                        abs(sums.bankMinor())
                                .add(abs(sums.receivableMinor()))
                                .add(abs(sums.commissionMinor()))
                                .add(abs(sums.suspenseMinor())),
                        places);
        BigDecimal most = BigDecimal.valueOf(MOST_UNITS);
        if (settled.add(settling).compareTo(most) > 0) {
            throw new RefusedException(
                    ProblemType.SETTLEMENT_OUT_OF_RANGE,
                    "settlement \""
                            + report.reference()
                            + "\" moves "
                            + settling.toPlainString()
                            + " "
                            + report.currency()
                            + ", those before it "
                            + settled.toPlainString()
                            + ": expected no more than "
                            + most
                            + " in all, which the books hold",
                    Map.of(
                            "settling",
                            settling.toPlainString(),
                            "settled",
                            settled.toPlainString(),
                            "most",
                            most.toPlainString()));
        }
    }

    private static BigInteger abs(long minor) {
        return BigInteger.valueOf(minor).abs();
    }

    /** Debits equal credits, so each is half of both. */
    private static BigDecimal debits(BigInteger bothMinor, int places) {
        return new BigDecimal(bothMinor.shiftRight(1), places);
    }
}
