package dev.confetti.ledger.proof;

import dev.confetti.ledger.seal.Seal;
import org.jspecify.annotations.Nullable;

/** Whether seals are what their signer signed, and belong together. */
final class SealCheck {
    private static final String HASH = "[0-9a-f]{64}";

    private SealCheck() {}

    static void check(Seal seal, @Nullable Seal previous, @Nullable String publicKey)
            throws ExportFault {
        String key = publicKey == null ? seal.publicKey() : publicKey;
        check(seal, key);
        if (previous == null) {
            return;
        }
        check(previous, key);
        if (previous.period().compareTo(seal.period()) >= 0
                || previous.throughPosition() > seal.throughPosition()
                || previous.entries() > seal.entries()) {
            throw new ExportFault(
                    "seal of "
                            + previous.period()
                            + ": expected one of a month before "
                            + seal.period());
        }
    }

    private static void check(Seal seal, String key) throws ExportFault {
        if (!seal.period().matches("\\d{4}-(0[1-9]|1[0-2])")
                || !seal.chain().matches(HASH)
                || !seal.balances().matches(HASH)) {
            throw new ExportFault(
                    "seal of "
                            + seal.period()
                            + ": expected period YYYY-MM and hashes of 64 hexadecimal digits");
        }
        if (!seal.publicKey().equals(key)) {
            throw new ExportFault(
                    "seal of "
                            + seal.period()
                            + ": signed by "
                            + seal.publicKey()
                            + ": expected "
                            + key);
        }
        if (!seal.isSigned()) {
            throw new ExportFault(
                    "seal of "
                            + seal.period()
                            + ": expected its signature to be that of its content by "
                            + key);
        }
    }
}
