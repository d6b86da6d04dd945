package dev.confetti.gift.live;

import static java.util.stream.Collectors.toSet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.confetti.events.EventIds;
import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.Decided;
import dev.confetti.gift.aggregate.UpToDate;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.live.LiveCommand.CreateLive;
import dev.confetti.gift.live.LiveCommand.EndLive;
import dev.confetti.gift.live.LiveCommand.LeaveLive;
import dev.confetti.gift.live.LiveCommand.StartLive;
import dev.confetti.gift.log.AppendReceipt.Captured;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogMetadata;
import dev.confetti.gift.policy.Policies;
import dev.confetti.gift.signin.Persons;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** All lives: made, started, left and ended here. Thread-safe; several instances agree. */
public final class Lives {
    private static final int MOST_CACHED = 10_000;
    private static final int ID_CHARACTERS = 16;
    private static final String TITLE = "title";
    private static final String TAGS = "tags";

    /** So long a gift may still be taken for a live that another instance ended. */
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);

    private final Aggregates aggregates;
    private final EventLog log;
    private final EventTexts texts;
    private final Persons persons;
    private final LiveQueries queries;
    private final StreamKeys keys;
    private final Publishers publishers;
    private final RandomNames names;
    private final InstantSource clock;
    private final UpToDate lives;
    private final Cache<String, GiftTarget> takingGifts;

    public Lives(
            Aggregates aggregates,
            EventLog log,
            EventTexts texts,
            Persons persons,
            GiftDatabase database,
            Policies policies,
            RandomNames names,
            InstantSource clock) {
        this(
                aggregates,
                log,
                texts,
                persons,
                database,
                policies,
                names,
                clock,
                Ticker.systemTicker());
    }

    /**
     * The same by another measure of passing time.
     *
     * @param ticker by which what another instance says of a live grows old
     */
    public Lives(
            Aggregates aggregates,
            EventLog log,
            EventTexts texts,
            Persons persons,
            GiftDatabase database,
            Policies policies,
            RandomNames names,
            InstantSource clock,
            Ticker ticker) {
        this.aggregates = aggregates;
        this.log = log;
        this.texts = texts;
        this.persons = persons;
        this.queries = new LiveQueries(database, policies.liveGrace());
        this.keys = new StreamKeys(database, names);
        this.publishers = new Publishers(database, policies.publisherLease());
        this.names = names;
        this.clock = clock;
        this.takingGifts =
                Caffeine.newBuilder()
                        .maximumSize(MOST_CACHED)
                        .expireAfterWrite(TRUSTED_FOR)
                        .ticker(ticker)
                        .build();
        this.lives =
                new UpToDate(
                        log,
                        Live.STREAM_TYPE,
                        aggregates.add(Live.class, Live::new, Lives::nameFor, MOST_CACHED));
    }

    /**
     * A live as a gift sees it.
     *
     * @param takesGifts active, or away for no longer than the grace
     */
    public record GiftTarget(String creatorId, LiveStatus status, boolean takesGifts) {}

    /** A new live and its key, which is shown this once. */
    public record Created(String liveId, String streamKey) {}

    Publishers publishers() {
        return publishers;
    }

    StreamKeys keys() {
        return keys;
    }

    /** Announces a live. */
    public Created create(String creatorId, CreateLiveRequest request) {
        String liveId = names.next(ID_CHARACTERS);
        // The key goes first: a live without a key could never be published.
        String streamKey = keys.renew(liveId);
        UUID eventId = EventIds.of(creatorId, "create-live", liveId);
        texts.with(
                eventId,
                Map.of(TITLE, request.title(), TAGS, LiveTags.format(request.givenTags())),
                () -> send(new CreateLive(liveId, creatorId), eventId));
        return new Created(liveId, streamKey);
    }

    public LiveDecision start(String liveId, UUID publisherId) {
        return perform(new StartLive(liveId, publisherId));
    }

    public LiveDecision leave(String liveId, UUID publisherId) {
        return perform(new LeaveLive(liveId, publisherId));
    }

    public LiveDecision end(String liveId, EndReason reason) {
        LiveDecision decision = perform(new EndLive(liveId, reason));
        takingGifts.invalidate(liveId);
        return decision;
    }

    /** Decides on all that the log holds: what changes nothing here may be news elsewhere. */
    private LiveDecision perform(LiveCommand command) {
        return lives.decide(command.liveId(), () -> attempt(command)).value().decision();
    }

    private Captured<Live.Outcome> attempt(LiveCommand command) {
        String liveId = command.liveId();
        long last = log.lastSequence(Live.STREAM_TYPE, liveId).orElse(Decided.NO_EVENTS);
        // The next event's place names it, so that two instances cannot both record it.
        UUID eventId =
                EventIds.of(
                        "confetti", command.getClass().getSimpleName(), liveId + "/" + (last + 1));
        try {
            return send(command, eventId);
        } catch (DuplicateEventException e) {
            throw new ConcurrencyException("another instance recorded " + command, e);
        }
    }

    private Captured<Live.Outcome> send(LiveCommand command, UUID eventId) {
        return aggregates.send(
                command, LogMetadata.of(eventId, clock.instant()), Live.Outcome.class);
    }

    /** What a gift needs to know; only a yes is remembered, and only for a moment. */
    public Optional<GiftTarget> giftTarget(String liveId) {
        GiftTarget trusted = takingGifts.getIfPresent(liveId);
        if (trusted != null) {
            return Optional.of(trusted);
        }
        Optional<GiftTarget> target =
                queries.live(liveId)
                        .map(
                                row ->
                                        new GiftTarget(
                                                row.creatorId(), row.status(), row.takesGifts()));
        target.filter(GiftTarget::takesGifts).ifPresent(yes -> takingGifts.put(liveId, yes));
        return target;
    }

    Optional<LiveRow> live(String liveId) {
        return queries.live(liveId);
    }

    NamedLive named(LiveRow row) {
        return named(List.of(row)).apply(row);
    }

    Page<NamedLive> page(@Nullable LiveStatus status, PageRequest page) {
        Page<LiveRow> rows =
                Page.of(
                        queries.page(status, page.before(), page.limit() + 1),
                        page,
                        LiveRow::createdPosition);
        return rows.map(named(rows.items()));
    }

    private Function<LiveRow, NamedLive> named(List<LiveRow> rows) {
        Map<String, String> creators =
                persons.names(rows.stream().map(LiveRow::creatorId).collect(toSet()));
        Map<UUID, Map<String, String>> words =
                texts.of(rows.stream().map(LiveRow::createdEventId).toList());
        return row -> {
            Map<String, String> of = words.getOrDefault(row.createdEventId(), Map.of());
            return new NamedLive(
                    row,
                    creators.getOrDefault(row.creatorId(), row.creatorId()),
                    of.getOrDefault(TITLE, ""),
                    LiveTags.parse(of.getOrDefault(TAGS, "")));
        };
    }

    /** The lives of a creator that have not ended. */
    public List<String> open(String creatorId) {
        return queries.open(creatorId);
    }

    private static String nameFor(Object command) {
        if (command instanceof LiveCommand forLive) {
            return Live.STREAM_TYPE + ":" + forLive.liveId();
        }
        throw new IllegalArgumentException(command + ": expected a command for a live");
    }
}
