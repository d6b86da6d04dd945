package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.LotUse;
import dev.confetti.ledger.posting.Posting;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The chain: {@code hash = SHA-256(previous hash ‖ content)}, content being UTF-8 text that comes
 * from the event alone, so that a rebuild gives the same chain and any program can check an export.
 *
 * <pre>
 * confetti-entry-1 LF
 * position TAB event id TAB type TAB recorded at, microseconds since 1970 TAB reference LF
 * O TAB lot id LF                                              when the entry made a lot
 * L TAB lot TAB coins TAB revenue TAB commission LF            for each use of a lot, by lot
 * account code TAB asset TAB D or C TAB amount LF              for each posting, sorted
 * </pre>
 *
 * Ids are in lower case, numbers decimal in the smallest unit; a lot is named by its purchase's
 * position; postings are the legs added up per account and side, ordered by code, asset and side (C
 * before D) as bytes. Not thread-safe.
 */
public final class EntryHasher {
    private static final Comparator<LotUse> BY_LOT = Comparator.comparingLong(LotUse::lotPosition);
    private static final Comparator<Posting> CANONICAL =
            Comparator.comparing((Posting p) -> p.account().code())
                    .thenComparing(p -> p.account().asset().code())
                    .thenComparing(p -> p.side().letter());

    private final MessageDigest sha256;
    private final AsciiBuffer content = new AsciiBuffer();

    public EntryHasher() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * What an entry's hash covers.
     *
     * @param openedLot the lot that it made; null for all but purchases
     * @param postings one for each account and side, in any order
     */
    public record Content(
            long position,
            UUID eventId,
            String type,
            Instant recordedAt,
            UUID reference,
            @Nullable UUID openedLot,
            List<LotUse> lotUses,
            List<Posting> postings) {
        public Content {
            lotUses = List.copyOf(lotUses);
            postings = List.copyOf(postings);
        }
    }

    /** The hash of an entry; what {@code entry.hash()} says plays no part. */
    public ChainHash hash(ChainHash previous, JournalEntry entry) {
        return hash(
                previous,
                new Content(
                        entry.position(),
                        entry.eventId(),
                        entry.type(),
                        entry.recordedAt(),
                        entry.reference(),
                        entry.openedLot(),
                        entry.lotUses(),
                        entry.postings()));
    }

    /** The hash of an entry of this content. */
    public ChainHash hash(ChainHash previous, Content entry) {
        content.clear();
        content.put("confetti-entry-1\n").put(entry.position()).put('\t');
        content.put(entry.eventId()).put('\t').put(entry.type()).put('\t');
        content.put(micros(entry.recordedAt())).put('\t').put(entry.reference()).put('\n');
        if (entry.openedLot() != null) {
            content.put("O\t").put(entry.openedLot()).put('\n');
        }
        sorted(entry.lotUses(), BY_LOT).forEach(this::put);
        sorted(entry.postings(), CANONICAL).forEach(this::put);
        sha256.update(previous.bytes());
        content.update(sha256);
        return ChainHash.of(sha256.digest());
    }

    private static <T> List<T> sorted(List<T> list, Comparator<T> order) {
        List<T> sorted = new ArrayList<>(list);
        sorted.sort(order);
        return sorted;
    }

    private void put(LotUse use) {
        content.put("L\t").put(use.lotPosition()).put('\t').put(use.coins());
        content.put('\t').put(use.revenue()).put('\t').put(use.commission()).put('\n');
    }

    private void put(Posting posting) {
        content.put(posting.account().code()).put('\t');
        content.put(posting.account().asset().code()).put('\t');
        content.put(posting.side().letter()).put('\t').put(posting.amount()).put('\n');
    }

    static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                instant.getNano() / 1_000L);
    }
}
