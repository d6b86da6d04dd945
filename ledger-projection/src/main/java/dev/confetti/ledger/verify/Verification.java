package dev.confetti.ledger.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param holds whether every check does
 * @param position up to which the ledger was read
 * @param entries how many entries that were
 * @param hash of the last entry, in hexadecimal
 * @param checks all of them, also those that hold
 * @param firstFault the first that was found; absent when all holds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verification(
        boolean holds,
        long position,
        long entries,
        String hash,
        List<Check> checks,
        @Nullable Fault firstFault) {
    public Verification {
        checks = List.copyOf(checks);
    }

    /**
     * One thing that must always hold.
     *
     * @param examined how many rows it looked at
     * @param faults how many of them were wrong
     */
    public record Check(String name, boolean holds, long examined, long faults) {}

    /**
     * Something that is not as it must be.
     *
     * @param check the check that found it
     * @param where the row, such as {@code entry 17} or {@code balance of 1010:bank USD}
     * @param detail what it says and what was expected
     */
    public record Fault(String check, String where, String detail) {}
}
