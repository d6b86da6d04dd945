package dev.confetti.gift.log;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event storage on the {@link EventLog}. Thread-safe.
 *
 * <p>An aggregate's identifier is {@code streamType:streamId}. Payloads are the published events in
 * their own JSON, not Axon's serialization; an event's id comes from its command, see {@link
 * LogMetadata}. A repeat surfaces as {@link DuplicateEventException}, a lost race as {@link
 * ConcurrencyException} caused by {@link StaleStreamException}.
 *
 * <p>Whoever wants all events reads Kafka or the log by position: Axon's tracking processors are
 * not served.
 */
public final class LogEventStorageEngine implements EventStorageEngine {
    private final EventLog log;
    private final Snapshots snapshots;

    public LogEventStorageEngine(EventLog log, Snapshots snapshots) {
        this.log = log;
        this.snapshots = snapshots;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> messages) {
        if (messages.isEmpty()) {
            return;
        }
        Map<UUID, Integer> eventsOfCommand = new HashMap<>();
        List<NewEvent> events = new ArrayList<>(messages.size());
        for (EventMessage<?> message : messages) {
            UUID first = LogMetadata.eventId(message.getMetaData());
            int index = eventsOfCommand.merge(first, 1, Integer::sum) - 1;
            UUID id = index == 0 ? first : EventIds.following(first, index);
            events.add(newEvent(id, message));
        }
        try {
            AppendReceipt.hand(log.append(events));
        } catch (StaleStreamException e) {
            throw new ConcurrencyException(e.getMessage(), e);
        }
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequence) {
        return new PagedEventStream(log, AggregateName.parse(aggregateIdentifier), firstSequence);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        AggregateName name = AggregateName.parse(aggregateIdentifier);
        OptionalLong last = log.lastSequence(name.streamType(), name.streamId());
        return last.isPresent() ? Optional.of(last.getAsLong()) : Optional.empty();
    }

    /** Axon makes none here: who owns an aggregate keeps its snapshots, see {@link Snapshots}. */
    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("snapshots are kept by their aggregates' owners");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        AggregateName name = AggregateName.parse(aggregateIdentifier);
        return snapshots
                .find(name)
                .map(
                        snapshot ->
                                new GenericDomainEventMessage<>(
                                        name.streamType(),
                                        aggregateIdentifier,
                                        snapshot.sequence(),
                                        snapshot.state()));
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(
            @Nullable TrackingToken token, boolean mayBlock) {
        throw trackingUnsupported();
    }

    @Override
    public TrackingToken createTailToken() {
        throw trackingUnsupported();
    }

    @Override
    public TrackingToken createHeadToken() {
        throw trackingUnsupported();
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        throw trackingUnsupported();
    }

    static DomainEventMessage<?> message(LogRecord row, String aggregateIdentifier) {
        return new GenericDomainEventMessage<>(
                row.streamType(),
                aggregateIdentifier,
                row.sequence(),
                row.event(),
                MetaData.emptyInstance(),
                row.eventId().toString(),
                row.occurredAt());
    }

    private static NewEvent newEvent(UUID id, EventMessage<?> message) {
        if (!(message instanceof DomainEventMessage<?> domainEvent)) {
            throw new IllegalArgumentException(
                    "event "
                            + message.getPayloadType().getName()
                            + ": expected one applied by an aggregate, since every event of the"
                            + " log has its place in a stream");
        }
        if (!(message.getPayload() instanceof ConfettiEvent event)) {
            throw new IllegalArgumentException(
                    "event "
                            + message.getPayloadType().getName()
                            + ": expected a "
                            + ConfettiEvent.class.getName());
        }
        AggregateName name = AggregateName.parse(domainEvent.getAggregateIdentifier());
        return new NewEvent(
                id,
                name.streamType(),
                name.streamId(),
                domainEvent.getSequenceNumber(),
                EventType.of(event).typeName(),
                EventCodec.encode(event),
                LogMetadata.occurredAt(message.getMetaData()),
                LogMetadata.kept(message.getMetaData()));
    }

    private static UnsupportedOperationException trackingUnsupported() {
        return new UnsupportedOperationException(
                "the event log does not serve Axon's tracking processors: read Kafka, or"
                        + " dev.confetti.events.LogReader by position");
    }
}
