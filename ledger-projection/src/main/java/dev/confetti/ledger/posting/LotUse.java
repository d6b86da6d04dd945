package dev.confetti.ledger.posting;

import java.util.UUID;

/**
 * What one entry took from one lot; all three are negative when it gave back.
 *
 * @param lotPosition the purchase's position, the lot's name in the journal
 * @param revenue in the smallest unit of the lot's currency
 * @param commission likewise
 */
public record LotUse(UUID lotId, long lotPosition, long coins, long revenue, long commission) {
    boolean isNothing() {
        return coins == 0 && revenue == 0 && commission == 0;
    }

    LotUse mirrored() {
        return new LotUse(lotId, lotPosition, -coins, -revenue, -commission);
    }
}
