package dev.confetti.gift.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.vault.KeyTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Display names, as the last token said them. Thread-safe. */
public final class Persons {
    /** Where a name is kept, as its seal knows it. */
    public static final String PLACE = "name";

    private static final int MOST_CHARACTERS = 64;
    private static final int MOST_CACHED = 200_000;

    /** For so long another instance's newer name may be overlooked. */
    private static final Duration FRESH_FOR = Duration.ofMinutes(1);

    /** For so long a name is shown without asking the database again. */
    private static final Duration PUBLISHED_FOR = Duration.ofSeconds(10);

    private final NameTable table;

    /** What tokens said, whether it was kept or was too old to be. */
    private final Cache<String, Said> heard;

    /** Names as they were read, an id for a person without one. */
    private final Cache<String, String> read;

    /** Whose names are always read: a reader that began before may come to its end only now. */
    private final Cache<String, Boolean> forgottenLately;

    public Persons(GiftDatabase database, KeyTable keys) {
        this(database, keys, Ticker.systemTicker());
    }

    /**
     * The same by another measure of passing time.
     *
     * @param ticker by which what was read grows old
     */
    public Persons(GiftDatabase database, KeyTable keys, Ticker ticker) {
        this.table = new NameTable(database, keys);
        this.heard = cache(FRESH_FOR, ticker);
        this.read = cache(PUBLISHED_FOR, ticker);
        this.forgottenLately = cache(FRESH_FOR, ticker);
    }

    private static <T> Cache<String, T> cache(Duration keptFor, Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_CACHED)
                .expireAfterWrite(keptFor)
                .ticker(ticker)
                .build();
    }

    private record Said(String name, Instant issuedAt) {}

    /**
     * Keeps a name, where it is new. What a token says that was issued before its person was
     * forgotten is ignored: pages that are still open must not bring the name back.
     */
    public void know(String personId, String name, Instant issuedAt) {
        String shown = shown(name, personId);
        Said said = new Said(shown, issuedAt);
        if (said.equals(heard.getIfPresent(personId))) {
            return;
        }
        try {
            String kept = table.read(List.of(personId)).getOrDefault(personId, personId);
            if (kept.equals(shown)
                    || (!table.isForgottenSince(personId, issuedAt)
                            && table.write(personId, shown, issuedAt))) {
                read.put(personId, shown);
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("a name cannot be kept", false, e);
        }
        heard.put(personId, said);
    }

    /**
     * Names by id; a person without one is called by the id. What another instance learnt or forgot
     * within the last seconds may be missing.
     */
    public Map<String, String> names(Collection<String> personIds) {
        Map<String, String> names = new HashMap<>(read.getAllPresent(personIds));
        if (forgottenLately.estimatedSize() > 0) {
            names.keySet().removeAll(forgottenLately.getAllPresent(personIds).keySet());
        }
        List<String> unknown = personIds.stream().filter(id -> !names.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            names.putAll(readNames(unknown));
        }
        return names;
    }

    private Map<String, String> readNames(List<String> personIds) {
        Map<String, String> names = new HashMap<>();
        personIds.forEach(id -> names.put(id, id));
        try {
            names.putAll(table.read(personIds));
        } catch (SQLException e) {
            throw new LogUnavailableException("names cannot be read", false, e);
        }
        read.putAll(names);
        return names;
    }

    /** Drops from memory what is known of a person; of what is shown from now on nothing is old. */
    public void forgotten(String personId) {
        forgottenLately.put(personId, true);
        read.invalidate(personId);
        heard.invalidate(personId);
    }

    /** A name as it can be shown: no control characters, at most 64 characters. */
    static String shown(String name, String personId) {
        int[] kept =
                name.strip().codePoints().filter(Persons::isShown).limit(MOST_CHARACTERS).toArray();
        String shown = new String(kept, 0, kept.length).strip();
        return shown.isEmpty() ? personId : shown;
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    // The joiner makes one emoji of several; the other format characters can
                    // turn a whole line around.
                    codePoint == 0x200d;
            default -> true;
        };
    }
}
