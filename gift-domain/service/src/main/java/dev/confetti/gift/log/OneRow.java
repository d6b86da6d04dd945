package dev.confetti.gift.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A statement that an {@link InlineProjection} expects to write exactly one row. */
public final class OneRow {
    /** Cardinality violation: whoever writes a batch takes it for the fault of one append of it. */
    private static final String NOT_ONE_ROW = "21000";

    private OneRow() {}

    /**
     * Inserts or updates it.
     *
     * @param connection in the transaction of the append
     * @param values of the statement's parameters, in their order; none of them personal data
     * @throws SQLException also when none or several rows were written: table and log disagree
     */
    public static void write(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        int rows = Rows.update(connection, sql, values);
        if (rows != 1) {
            throw new SQLException(
                    "expected one row to be written, not "
                            + rows
                            + ", with "
                            + Arrays.asList(values)
                            + " by "
                            + sql.strip(),
                    NOT_ONE_ROW);
        }
    }
}
