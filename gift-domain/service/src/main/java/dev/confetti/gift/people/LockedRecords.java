package dev.confetti.gift.people;

import dev.confetti.gift.log.GiftDatabase;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of payouts to forgotten persons, which the law wants kept for a period. Thread-safe. */
public final class LockedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(LockedRecords.class);

    private final PeopleTables tables;
    private final InstantSource clock;

    public LockedRecords(GiftDatabase database, InstantSource clock) {
        this.tables = new PeopleTables(database);
        this.clock = clock;
    }

    /** Shreds the keys of those whose period is over; how many records. */
    public int shredDue() {
        int shredded = tables.shredDue(clock.instant());
        if (shredded > 0) {
            LOG.info("{} payout records were kept long enough and are gone", shredded);
        }
        return shredded;
    }
}
