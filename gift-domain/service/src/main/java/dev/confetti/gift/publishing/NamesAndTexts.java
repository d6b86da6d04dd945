package dev.confetti.gift.publishing;

import dev.confetti.events.EventType;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.live.LiveTags;
import dev.confetti.gift.relay.Enrichment;
import dev.confetti.gift.relay.ExtraFields;
import dev.confetti.gift.signin.Persons;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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
            switch (EventType.named(row.type())) {
                // A wallet's stream is named after its viewer: no need to read the payload.
                case GIFT_SENT -> personOf.put(row.position(), row.streamId());
                case LIVE_CREATED -> {
                    if (row.event() instanceof LiveCreated created) {
                        personOf.put(row.position(), created.creatorId());
                    }
                    withTexts.add(row.eventId());
                }
                case COINS_GRANTED,
                        PURCHASE_REFUNDED,
                        PAYOUT_REJECTED,
                        WALLET_BLOCKED,
                        WALLET_UNBLOCKED,
                        GIFT_REVERSED ->
                        withTexts.add(row.eventId());
                case COINS_PURCHASED,
                        COIN_DEBT_RECOVERED,
                        CHARGEBACK_OPENED,
                        CHARGEBACK_WON,
                        CHARGEBACK_LOST,
                        EARNINGS_RELEASED,
                        PAYOUT_REQUESTED,
                        PAYOUT_APPROVED,
                        SPENDING_LIMIT_SET,
                        LIVE_STARTED,
                        LIVE_AWAY,
                        LIVE_ENDED -> {}
            }
        }
        Map<String, String> names = persons.names(new HashSet<>(personOf.values()));
        Map<UUID, Map<String, String>> textsOf = texts.of(withTexts);
        List<ExtraFields> fields = new ArrayList<>(batch.size());
        for (LogRecord row : batch) {
            String personId = personOf.getOrDefault(row.position(), "");
            fields.add(
                    fields(
                            EventType.named(row.type()),
                            names.getOrDefault(personId, personId),
                            textsOf.getOrDefault(row.eventId(), Map.of())));
        }
        return fields;
    }

    private static ExtraFields fields(EventType type, String name, Map<String, String> texts) {
        return switch (type) {
            case GIFT_SENT -> ExtraFields.none().with("viewerName", name);
            case LIVE_CREATED ->
                    ExtraFields.none()
                            .with("creatorName", name)
                            .with("title", texts.getOrDefault("title", ""))
                            .with("tags", LiveTags.parse(texts.getOrDefault("tags", "")));
            case COINS_GRANTED,
                    PURCHASE_REFUNDED,
                    PAYOUT_REJECTED,
                    WALLET_BLOCKED,
                    WALLET_UNBLOCKED,
                    GIFT_REVERSED -> {
                String reason = texts.get("reason");
                yield reason == null
                        ? ExtraFields.none()
                        : ExtraFields.none().with("reason", reason);
            }
            case COINS_PURCHASED,
                    COIN_DEBT_RECOVERED,
                    CHARGEBACK_OPENED,
                    CHARGEBACK_WON,
                    CHARGEBACK_LOST,
                    EARNINGS_RELEASED,
                    PAYOUT_REQUESTED,
                    PAYOUT_APPROVED,
                    SPENDING_LIMIT_SET,
                    LIVE_STARTED,
                    LIVE_AWAY,
                    LIVE_ENDED ->
                    ExtraFields.none();
        };
    }
}
