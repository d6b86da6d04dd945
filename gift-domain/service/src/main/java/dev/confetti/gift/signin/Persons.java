package dev.confetti.gift.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Display names, in the table {@code domain.person}, as the last token said them. Thread-safe. */
public final class Persons {
    private static final int MOST_CHARACTERS = 64;
    private static final int MOST_CACHED = 200_000;

    /** For so long another instance's newer name may be overlooked. */
    private static final Duration FRESH_FOR = Duration.ofMinutes(1);

    /** For so long a name is published without asking the database again. */
    private static final Duration PUBLISHED_FOR = Duration.ofSeconds(10);

    private static final String KNOW =
            """
            insert into domain.person (person_id, name) values (?, ?)
            on conflict (person_id) do update set name = excluded.name
            where person.name <> excluded.name
            """;
    private static final String NAMES =
            "select person_id, name from domain.person where person_id = any(?)";

    private final GiftDatabase database;
    private final Cache<String, String> written =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(FRESH_FOR).build();

    /** Names as they were read, an id for a person without one. */
    private final Cache<String, String> read =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(PUBLISHED_FOR).build();

    public Persons(GiftDatabase database) {
        this.database = database;
    }

    /** Keeps a name, where it is new. */
    public void know(String personId, String name) {
        String shown = shown(name, personId);
        if (shown.equals(written.getIfPresent(personId))) {
            return;
        }
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement upsert = connection.prepareStatement(KNOW)) {
            upsert.setString(1, personId);
            upsert.setString(2, shown);
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new LogUnavailableException("a name cannot be kept", false, e);
        }
        written.put(personId, shown);
        read.put(personId, shown);
    }

    /**
     * Names by id; a person without one is called by the id. What another instance learnt within
     * the last seconds may be missing.
     */
    public Map<String, String> names(Collection<String> personIds) {
        Map<String, String> names = new HashMap<>(read.getAllPresent(personIds));
        List<String> unknown = personIds.stream().filter(id -> !names.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            names.putAll(readNames(unknown));
        }
        return names;
    }

    private Map<String, String> readNames(List<String> personIds) {
        Map<String, String> names = new HashMap<>();
        personIds.forEach(id -> names.put(id, id));
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(NAMES)) {
            query.setArray(1, connection.createArrayOf("text", personIds.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.put(row.getString(1), row.getString(2));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("names cannot be read", false, e);
        }
        read.putAll(names);
        return names;
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
