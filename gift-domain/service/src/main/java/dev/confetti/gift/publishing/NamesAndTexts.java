package dev.confetti.gift.publishing;

import dev.confetti.events.EventType;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.live.LiveTags;
import dev.confetti.gift.relay.Enrichment;
import dev.confetti.gift.relay.ExtraFields;
import dev.confetti.gift.sending.Reasons;
import dev.confetti.gift.signin.Persons;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The names of persons and the free texts that published events carry, as they are now. */
public final class NamesAndTexts implements Enrichment {
    private final Persons persons;
    private final EventTexts texts;

    public NamesAndTexts(Persons persons, EventTexts texts) {
        this.persons = persons;
        this.texts = texts;
    }

    @Override
    public List<ExtraFields> enrich(List<LogRecord> batch) {
        Map<Long, String> personOf = new HashMap<>();
        Set<UUID> withTexts = new HashSet<>();
        for (LogRecord row : batch) {
            EventType type = EventType.named(row.type());
            if (type == EventType.PERSON_FORGOTTEN) {
                // Before names are looked up: none from memory goes out behind this event.
                persons.forgotten(row.streamId());
            }
            Added added = added(type);
            String personId = added.personOf().apply(row);
            if (personId != null) {
                personOf.put(row.position(), personId);
            }
            if (added.hasTexts()) {
                withTexts.add(row.eventId());
            }
        }
        Map<String, String> names = persons.names(new HashSet<>(personOf.values()));
        Map<UUID, Map<String, String>> textsOf = texts.of(withTexts);
        List<ExtraFields> fields = new ArrayList<>(batch.size());
        for (LogRecord row : batch) {
            String personId = personOf.getOrDefault(row.position(), "");
            fields.add(
                    added(EventType.named(row.type()))
                            .fields()
                            .apply(
                                    names.getOrDefault(personId, personId),
                                    textsOf.getOrDefault(row.eventId(), Map.of())));
        }
        return fields;
    }

    /**
     * What a type's events get.
     *
     * @param personOf whose name it needs; null for nobody's
     * @param fields from that name and the event's texts
     */
    private record Added(
            Function<LogRecord, @Nullable String> personOf,
            boolean hasTexts,
            BiFunction<String, Map<String, String>, ExtraFields> fields) {}

    private static final Added NOTHING =
            new Added(row -> null, false, (name, words) -> ExtraFields.none());

    private static final Added REASON = new Added(row -> null, true, NamesAndTexts::reason);

    /** A wallet's stream is named after its viewer: no need to read the payload. */
    private static final Added VIEWER =
            new Added(
                    LogRecord::streamId,
                    false,
                    (name, words) -> ExtraFields.none().with("viewerName", name));

    private static final Added LIVE =
            new Added(
                    row -> row.event() instanceof LiveCreated live ? live.creatorId() : null,
                    true,
                    (name, words) ->
                            ExtraFields.none()
                                    .with("creatorName", name)
                                    .with("title", words.getOrDefault("title", ""))
                                    .with("tags", LiveTags.parse(words.getOrDefault("tags", ""))));

    private static Added added(EventType type) {
        return switch (type) {
            case GIFT_SENT -> VIEWER;
            case LIVE_CREATED -> LIVE;
            case COINS_GRANTED,
                    PURCHASE_REFUNDED,
                    WALLET_BLOCKED,
                    WALLET_UNBLOCKED,
                    GIFT_REVERSED,
                    PAYOUT_REJECTED,
                    PAYOUT_WITHDRAWN,
                    PAYOUT_RESOLUTION_REQUESTED,
                    PAYOUTS_HELD,
                    PAYOUTS_RESUMED,
                    ADJUSTMENT_REQUESTED,
                    ADJUSTMENT_REJECTED,
                    BREAKAGE_RECOGNISED ->
                    REASON;
            case COINS_PURCHASED,
                    COIN_DEBT_RECOVERED,
                    CHARGEBACK_OPENED,
                    CHARGEBACK_WON,
                    CHARGEBACK_LOST,
                    SPENDING_LIMIT_SET,
                    PERSON_FORGOTTEN,
                    BOARD_VISIBILITY_CHANGED,
                    EARNINGS_RELEASED,
                    EARNINGS_REVALUED,
                    PAYOUT_REQUESTED,
                    PAYOUT_APPROVED,
                    PAYOUT_SENT,
                    PAYOUT_SETTLED,
                    PAYOUT_FAILED,
                    PAYOUT_RETURNED,
                    PAYOUT_BATCH_CREATED,
                    BANK_MESSAGE_RECEIVED,
                    PROVIDER_SETTLED,
                    ADJUSTMENT_APPROVED,
                    PERIOD_CLOSED,
                    LIVE_STARTED,
                    LIVE_AWAY,
                    LIVE_ENDED ->
                    NOTHING;
        };
    }

    private static ExtraFields reason(String name, Map<String, String> words) {
        String reason = words.get(Reasons.FIELD);
        return reason == null ? ExtraFields.none() : ExtraFields.none().with(Reasons.FIELD, reason);
    }
}
