package dev.confetti.ledger.seal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What the books were when a month ended, signed when it was closed. The signature (Ed25519) is
 * over this text in UTF-8, numbers decimal and hashes 64 lower-case hexadecimal digits:
 *
 * <pre>
 * confetti-seal-1 LF
 * period TAB position TAB through position TAB entries LF
 * chain LF
 * balances LF
 * log hash LF
 * sealed at, microseconds since 1970 LF
 * </pre>
 *
 * @param period the closed month, such as {@code 2026-03}, in UTC
 * @param position of the event that closed it
 * @param throughPosition the last position that was recorded in the month or before it
 * @param entries how many entries the ledger has up to it
 * @param chain hash of the last of them; 64 zeros where there is none
 * @param balances {@link BalancesDigest} of all accounts there
 * @param logHash the event log's hash there, as the event has it
 * @param sealedAt when the event was recorded, to the microsecond
 * @param publicKey of the one who signed: X.509 in base64
 * @param signature 64 bytes in base64
 */
public record Seal(
        String period,
        long position,
        long throughPosition,
        long entries,
        String chain,
        String balances,
        String logHash,
        Instant sealedAt,
        String publicKey,
        String signature) {
    /** The end of a chain that has no entry. */
    public static final String NO_ENTRY = "0".repeat(64);

    /** The same, signed by a key. */
    public Seal signedBy(SealKey key) {
        return new Seal(
                period,
                position,
                throughPosition,
                entries,
                chain,
                balances,
                logHash,
                sealedAt,
                key.publicKey(),
                key.sign(text()));
    }

    /** What the signature is over. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "confetti-seal-1\n%s\t%d\t%d\t%d\n%s\n%s\n%s\n%d\n",
                period,
                position,
                throughPosition,
                entries,
                chain,
                balances,
                logHash,
                ChronoUnit.MICROS.between(Instant.EPOCH, sealedAt));
    }

    /** Whether the holder of {@code publicKey} signed just this. */
    @JsonIgnore
    public boolean isSigned() {
        return SealKey.verifies(publicKey, text(), signature);
    }

    /** The first instant after the month. */
    @JsonIgnore
    public Instant ends() {
        return YearMonth.parse(period)
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }
}
