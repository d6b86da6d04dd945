package dev.confetti.bench.ledger;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a bench of the ledger does.
 *
 * @param gifts how many the ledger catches up with; each is an entry of five legs, which are ten
 *     postings
 * @param rebuild whether they come from the event log instead of Kafka, and the ledger is then
 *     rebuilt from it
 * @param queries how often each question is asked
 * @param peerSeconds how long each peer is measured; 0 for not at all
 * @param pgledger the peer's checkout; null to leave it out
 * @param folder where the engines keep their data
 */
public record LedgerOptions(
        long gifts,
        int viewers,
        int creators,
        boolean rebuild,
        int queries,
        int peerSeconds,
        @Nullable Path pgledger,
        Path folder) {}
