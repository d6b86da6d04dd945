package dev.confetti.gift.aggregate;

import dev.confetti.gift.log.AppendReceipt;
import dev.confetti.gift.log.AppendReceipt.Captured;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * Axon, wired by hand: a command bus that handles a command in the caller's own thread, and
 * event-sourced aggregates with a lock and a place in the cache for each. Thread-safe.
 *
 * <p>There is no transaction around a command: the log's writer has its own, and a connection held
 * by each waiting command would end group commit.
 */
public final class Aggregates implements AutoCloseable {
    private final SimpleCommandBus commands =
            SimpleCommandBus.builder().transactionManager(NoTransactionManager.instance()).build();
    private final EmbeddedEventStore events;

    public Aggregates(EventStorageEngine storage) {
        this.events =
                EmbeddedEventStore.builder()
                        .storageEngine(storage)
                        .optimizeEventConsumption(false)
                        .build();
    }

    /**
     * Adds a kind of aggregate.
     *
     * @param create makes one of a name {@code streamType:streamId}, before its first event
     * @param nameOf the name of the aggregate that a command is for
     * @param mostCached how many are kept in memory
     * @return forgets the aggregate of a name, so that the next command reads it from the log
     */
    public <A> Forgetting add(
            Class<A> type,
            Function<String, A> create,
            Function<Object, String> nameOf,
            long mostCached) {
        AggregateCache cache = new AggregateCache(mostCached);
        Repository<A> repository =
                EventSourcingRepository.builder(type)
                        .eventStore(events)
                        .cache(cache)
                        .lockFactory(new AggregateLocks())
                        .aggregateFactory(factory(type, create))
                        .build();
        AggregateAnnotationCommandHandler.<A>builder()
                .aggregateType(type)
                .repository(repository)
                .commandTargetResolver(
                        command ->
                                new VersionedAggregateIdentifier(
                                        (Object) nameOf.apply(command.getPayload()), null))
                .creationPolicyAggregateFactory(name -> create.apply(String.valueOf(name)))
                .build()
                .subscribe(commands);
        return cache::remove;
    }

    /** Drops aggregates from the cache. */
    @FunctionalInterface
    public interface Forgetting {
        void forget(String name);
    }

    private static <A> AggregateFactory<A> factory(Class<A> type, Function<String, A> create) {
        return new AggregateFactory<>() {
            @Override
            public A createAggregateRoot(String name, DomainEventMessage<?> first) {
                return create.apply(name);
            }

            @Override
            public Class<A> getAggregateType() {
                return type;
            }
        };
    }

    /**
     * Has a command handled and its events appended.
     *
     * @param metadata as of {@code LogMetadata}; empty for a command without events
     * @return the handler's answer, and where its events went
     * @throws RuntimeException of the handler or of the log, as it was thrown
     */
    public <R> Captured<R> send(Object command, MetaData metadata, Class<R> answer) {
        return AppendReceipt.capture(() -> dispatch(command, metadata, answer));
    }

    private <R> R dispatch(Object command, MetaData metadata, Class<R> answer) {
        AtomicReference<CommandResultMessage<?>> result = new AtomicReference<>();
        commands.<Object, Object>dispatch(
                GenericCommandMessage.asCommandMessage(command).andMetaData(metadata),
                (message, handled) -> result.set(handled));
        CommandResultMessage<?> handled = result.get();
        if (handled == null) {
            throw new IllegalStateException(
                    command + ": expected the command bus to answer in the caller's thread");
        }
        if (!handled.isExceptional()) {
            return answer.cast(handled.getPayload());
        }
        Throwable cause = handled.exceptionResult();
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(command + " failed", cause);
    }

    @Override
    public void close() {
        events.shutDown();
    }
}
