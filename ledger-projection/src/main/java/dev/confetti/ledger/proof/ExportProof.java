package dev.confetti.ledger.proof;

import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.journal.EntryHasher;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import dev.confetti.ledger.seal.BalancesDigest;
import dev.confetti.ledger.seal.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the CSV of {@code GET /v1/ledger/export} is what was sealed: recomputes the hash of
 * each entry from its lines and the hash before, from the start or from the seal before, and
 * compares with the seal where the chain ends. From the start the balances are added up and
 * compared as well; after an earlier seal only their digest at its end is known.
 *
 * <p>Takes memory for each account, not for entries. For one export; not thread-safe.
 */
public final class ExportProof {
    private final Seal seal;
    private final @Nullable Seal previous;
    private final EntryHasher hasher = new EntryHasher();
    private final Map<Account, long[]> sums = new HashMap<>();
    private final List<ExportLine> lines = new ArrayList<>();
    private ChainHash chain;
    private long entries;
    private long postings;
    private long lastPosition;
    private Instant lastRecordedAt;

    private ExportProof(Seal seal, @Nullable Seal previous) {
        this.seal = seal;
        this.previous = previous;
        chain = previous == null ? ChainHash.START : chainOf(previous);
        lastPosition = previous == null ? 0 : previous.throughPosition();
        lastRecordedAt = previous == null ? Instant.MIN : previous.ends();
    }

    /**
     * What holds.
     *
     * @param entries of the export
     * @param postings its lines but the header
     * @param balances whether the balances were compared too
     */
    public record Proven(long entries, long postings, boolean balances) {}

    /**
     * Reads an export to its end.
     *
     * @param csv all entries up to the seal's position, from the start or after {@code previous}
     * @param previous an earlier month's seal; null where the export begins with the journal
     * @param publicKey who must have signed, X.509 in base64; null to believe the seal's own
     * @throws ExportFault at the first thing that does not hold
     */
    public static Proven verify(
            InputStream csv, Seal seal, @Nullable Seal previous, @Nullable String publicKey)
            throws IOException, ExportFault {
        SealCheck.check(seal, previous, publicKey);
        return new ExportProof(seal, previous).read(new ExportLines(csv));
    }

    private Proven read(ExportLines file) throws IOException, ExportFault {
        String header = file.next();
        if (!ExportLine.HEADER.equals(header)) {
            throw new ExportFault(
                    1, "\"" + header + "\": expected the header " + ExportLine.HEADER);
        }
        for (String text = file.next(); text != null; text = file.next()) {
            ExportLine line = ExportLine.read(file.number(), text);
            if (!lines.isEmpty() && line.position() != lines.getFirst().position()) {
                closeEntry();
            }
            if (!lines.isEmpty() && !line.sameEntry(lines.getFirst())) {
                throw new ExportFault(
                        line.number(),
                        "says other things of entry "
                                + line.position()
                                + " than line "
                                + lines.getFirst().number()
                                + ": expected the same");
            }
            lines.add(line);
        }
        if (!lines.isEmpty()) {
            closeEntry();
        }
        checkEnd(file.number());
        return new Proven(entries, postings, previous == null);
    }

    private void closeEntry() throws ExportFault {
        ExportLine first = lines.getFirst();
        checkPlace(first);
        List<Posting> entryPostings = lines.stream().map(ExportLine::posting).toList();
        checkBalance(first, entryPostings);
        ChainHash hash =
                hasher.hash(
                        chain,
                        new EntryHasher.Content(
                                first.position(),
                                first.eventId(),
                                first.type(),
                                first.recordedAt(),
                                first.reference(),
                                first.openedLot(),
                                first.lotUses(),
                                entryPostings));
        if (!hash.toString().equals(first.hash())) {
            throw new ExportFault(
                    first.number(),
                    "entry "
                            + first.position()
                            + ": hash "
                            + first.hash()
                            + ": expected "
                            + hash
                            + " from its lines and the hash before it");
        }
        if (previous == null) {
            entryPostings.forEach(this::add);
        }
        chain = hash;
        lastPosition = first.position();
        lastRecordedAt = first.recordedAt();
        entries++;
        postings += lines.size();
        lines.clear();
    }

    private void checkPlace(ExportLine first) throws ExportFault {
        if (first.position() <= lastPosition || first.position() > seal.throughPosition()) {
            throw new ExportFault(
                    first.number(),
                    "entry "
                            + first.position()
                            + ": expected one above "
                            + lastPosition
                            + " and up to the seal's "
                            + seal.throughPosition());
        }
        if (first.recordedAt().isBefore(lastRecordedAt)
                || !first.recordedAt().isBefore(seal.ends())) {
            throw new ExportFault(
                    first.number(),
                    "entry "
                            + first.position()
                            + " recorded at "
                            + first.recordedAt()
                            + ": expected no time before "
                            + lastRecordedAt
                            + ", and one before "
                            + seal.ends());
        }
    }

    private static void checkBalance(ExportLine first, List<Posting> postings) throws ExportFault {
        Map<String, Long> left = new HashMap<>();
        try {
            for (Posting posting : postings) {
                long amount = posting.side() == Side.DEBIT ? posting.amount() : -posting.amount();
                left.merge(posting.account().asset().code(), amount, Math::addExact);
            }
        } catch (ArithmeticException e) {
            throw new ExportFault(first.number(), "amounts exceed 64 bits");
        }
        for (Map.Entry<String, Long> asset : left.entrySet()) {
            if (asset.getValue() != 0) {
                throw new ExportFault(
                        first.number(),
                        "entry "
                                + first.position()
                                + ": debits less credits of "
                                + asset.getKey()
                                + " are "
                                + asset.getValue()
                                + " smallest units: expected 0");
            }
        }
    }

    private void add(Posting posting) {
        long[] sum = sums.computeIfAbsent(posting.account(), account -> new long[2]);
        int side = posting.side() == Side.DEBIT ? 0 : 1;
        sum[side] = Math.addExact(sum[side], posting.amount());
    }

    private void checkEnd(long line) throws ExportFault {
        long expected = seal.entries() - (previous == null ? 0 : previous.entries());
        if (entries != expected) {
            throw new ExportFault(
                    line,
                    "the export ends after "
                            + entries
                            + " entries: expected "
                            + expected
                            + " up to position "
                            + seal.throughPosition());
        }
        if (!chain.equals(chainOf(seal))) {
            throw new ExportFault(
                    line, "the chain ends in " + chain + ": expected the seal's " + seal.chain());
        }
        if (previous == null) {
            BalancesDigest digest = new BalancesDigest();
            sums.forEach((account, sum) -> digest.add(account, sum[0], sum[1]));
            String found = digest.hex();
            if (!found.equals(seal.balances())) {
                throw new ExportFault(
                        line, "balances " + found + ": expected the seal's " + seal.balances());
            }
        }
    }

    private static ChainHash chainOf(Seal seal) {
        return ChainHash.of(HexFormat.of().parseHex(seal.chain()));
    }
}
