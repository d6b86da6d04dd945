package dev.confetti.gift.settlement;

import dev.confetti.gift.purchase.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment of a provider to us, as finance sees it. {@code bank + commission + suspense =
 * receivable}.
 *
 * @param reference the provider's name of the payment
 * @param account code of the receivable that it settles
 * @param bank what it paid; below 0: what it took
 * @param receivable what is no longer owed
 * @param commission what it kept above the commission that was booked
 * @param suspense what nobody can explain yet; below 0: what came without a reason
 * @param lines of the report
 * @param position in the log
 */
public record Settlement(
        UUID settlementId,
        String provider,
        String reference,
        String account,
        Money bank,
        Money receivable,
        Money commission,
        Money suspense,
        int lines,
        String settledBy,
        Instant settledAt,
        long position) {}
