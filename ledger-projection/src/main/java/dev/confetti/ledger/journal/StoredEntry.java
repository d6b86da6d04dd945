package dev.confetti.ledger.journal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An entry as its row has it, with accounts by id and lots by position. */
public record StoredEntry(
        long position,
        UUID eventId,
        String type,
        Instant recordedAt,
        UUID reference,
        ChainHash hash,
        List<StoredLeg> legs,
        List<StoredLotUse> lotUses) {

    /** One movement between two account ids. */
    public record StoredLeg(long debit, long credit, long amount) {}

    /** What the entry took from a lot. */
    public record StoredLotUse(long lotPosition, long coins, long revenue, long commission) {}
}
