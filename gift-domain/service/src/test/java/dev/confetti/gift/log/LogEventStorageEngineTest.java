package dev.confetti.gift.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Axon's own command bus, repository and event store on the log. */
class LogEventStorageEngineTest {
    private static final UUID FIRST = EventIds.of("admin", "grant", "key-1");
    private static final UUID SECOND = EventIds.of("admin", "grant", "key-2");
    private static final Instant WHEN = Instant.parse("2026-11-22T12:00:00.000001Z");

    record Grant(@TargetAggregateIdentifier String wallet, long coins) {}

    record GrantAndBlock(@TargetAggregateIdentifier String wallet, long coins) {}

    /** Grants to a wallet, and during it lets somebody else append to the same stream. */
    record LoseRace(@TargetAggregateIdentifier String wallet, Runnable winner) {}

    /** A wallet that can do no more than be granted coins. */
    static class Piggy {
        @SuppressWarnings("UnusedVariable") // Axon reads it
        @AggregateIdentifier
        private @Nullable String id;

        private long coins;
        private boolean blocked;

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        long handle(Grant command, MetaData metadata) {
            AggregateLifecycle.apply(granted(command.wallet(), command.coins()), metadata);
            return coins;
        }

        @CommandHandler
        long handle(GrantAndBlock command, MetaData metadata) {
            AggregateLifecycle.apply(granted(command.wallet(), command.coins()), metadata);
            AggregateLifecycle.apply(new WalletBlocked("ann", null), metadata);
            return blocked ? -1 : coins;
        }

        @CommandHandler
        long handle(LoseRace command, MetaData metadata) {
            command.winner().run();
            AggregateLifecycle.apply(granted(command.wallet(), 1), metadata);
            return coins;
        }

        @EventSourcingHandler
        void on(CoinsGranted event) {
            id = "wallet:" + event.viewerId();
            coins += event.coins();
        }

        @EventSourcingHandler
        void on(WalletBlocked event) {
            blocked = event.viewerId().equals("ann");
        }

        private static CoinsGranted granted(String wallet, long coins) {
            return new CoinsGranted(FIRST, AggregateName.parse(wallet).streamId(), coins, null);
        }
    }

    private final TestDatabase postgres = new TestDatabase();
    private final EventLog log =
            new EventLog(
                    postgres.dataSource(),
                    InstantSource.system(),
                    List.of(),
                    EventLogConfig.defaults());
    private final LogEventStorageEngine engine = new LogEventStorageEngine(log, Snapshots.none());
    private final CommandGateway gateway = gateway(engine);

    @AfterEach
    void close() {
        log.close();
        postgres.close();
    }

    @Test
    void anAggregateIsSavedAndReloadedAndItsCallerLearnsThePosition() {
        AppendReceipt.Captured<Long> first =
                AppendReceipt.capture(() -> send(new Grant("wallet:ann", 30), FIRST));
        AppendReceipt.Captured<Long> second =
                AppendReceipt.capture(() -> send(new Grant("wallet:ann", 12), SECOND));

        assertThat(first.value()).isEqualTo(30);
        assertThat(second.value()).isEqualTo(42);
        assertThat(second.appended())
                .hasValueSatisfying(
                        appended -> {
                            assertThat(appended.firstPosition()).isEqualTo(2);
                            assertThat(appended.count()).isEqualTo(1);
                        });
        LogRecord row = log.find(SECOND).orElseThrow();
        assertThat(row.streamType()).isEqualTo("wallet");
        assertThat(row.streamId()).isEqualTo("ann");
        assertThat(row.sequence()).isEqualTo(1);
        assertThat(row.type()).isEqualTo("confetti.coins-granted.v1");
        assertThat(row.occurredAt()).isEqualTo(WHEN);
        assertThat(row.event()).isEqualTo(new CoinsGranted(FIRST, "ann", 12, null));
    }

    @Test
    void furtherEventsOfACommandHaveIdsThatDeriveFromTheFirst() {
        send(new Grant("wallet:ann", 30), FIRST);

        assertThat(send(new GrantAndBlock("wallet:ann", 1), SECOND)).isEqualTo(-1);

        assertThat(log.readStream("wallet", "ann", 1))
                .extracting(LogRecord::eventId)
                .containsExactly(SECOND, EventIds.derived(SECOND, "1"));
    }

    @Test
    void aRepeatedCommandIsADuplicateForItsCaller() {
        send(new Grant("wallet:ann", 30), FIRST);

        assertThatThrownBy(() -> send(new Grant("wallet:ann", 30), FIRST))
                .isInstanceOfSatisfying(
                        DuplicateEventException.class,
                        e -> assertThat(e.eventId()).isEqualTo(FIRST));

        assertThat(log.head()).isEqualTo(1);
    }

    @Test
    void aLostRaceIsAConcurrencyExceptionWithItsCause() {
        send(new Grant("wallet:ann", 30), FIRST);
        Runnable winner = () -> log.append(List.of(EventLogTest.event(99, "ann", 1)));

        assertThatThrownBy(() -> send(new LoseRace("wallet:ann", winner), SECOND))
                .isInstanceOf(ConcurrencyException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StaleStreamException.class, e -> assertThat(e.actualNext()).isEqualTo(2));
    }

    @Test
    void aCommandWithoutItsIdIsRefused() {
        assertThatThrownBy(() -> gateway.sendAndWait(new Grant("wallet:ann", 30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("confetti-event-id")
                .hasMessageContaining("LogMetadata.of");
    }

    @Test
    void streamsAreReadPageByPage() {
        List<NewEvent> many =
                IntStream.range(0, 2_100)
                        .mapToObj(
                                i ->
                                        new NewEvent(
                                                new UUID(5, i),
                                                "wallet",
                                                "ann",
                                                i,
                                                "confetti.coins-granted.v1",
                                                EventCodec.encode(
                                                        new CoinsGranted(
                                                                FIRST, "ann", i + 1L, null)),
                                                WHEN))
                        .toList();
        log.append(many);

        assertThat(engine.readEvents("wallet:ann", 99).asStream())
                .hasSize(2_001)
                .last()
                .satisfies(
                        message -> {
                            assertThat(message.getSequenceNumber()).isEqualTo(2_099);
                            assertThat(message.getAggregateIdentifier()).isEqualTo("wallet:ann");
                            assertThat(message.getTimestamp()).isEqualTo(WHEN);
                        });
        assertThat(engine.readEvents("wallet:eve", 0).hasNext()).isFalse();
        assertThat(engine.lastSequenceNumberFor("wallet:ann")).isEqualTo(Optional.of(2_099L));
        assertThat(engine.lastSequenceNumberFor("wallet:eve")).isEmpty();
    }

    @Test
    void whatHasNoPlaceInTheLogIsRefused() {
        assertThatThrownBy(
                        () ->
                                engine.appendEvents(
                                        GenericEventMessage.asEventMessage("a text")
                                                .withMetaData(LogMetadata.of(FIRST, WHEN))))
                .hasMessageContaining("expected one applied by an aggregate");
        assertThatThrownBy(() -> engine.readEvents(null, false))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("tracking processors");
        assertThatThrownBy(() -> engine.readEvents("ann", 0))
                .hasMessage("aggregate identifier \"ann\": expected streamType:streamId");
    }

    private long send(Object command, UUID eventId) {
        return gateway.sendAndWait(
                GenericCommandMessage.asCommandMessage(command)
                        .withMetaData(LogMetadata.of(eventId, WHEN)));
    }

    private static CommandGateway gateway(LogEventStorageEngine engine) {
        EventSourcingRepository<Piggy> repository =
                EventSourcingRepository.builder(Piggy.class)
                        .eventStore(EmbeddedEventStore.builder().storageEngine(engine).build())
                        .build();
        SimpleCommandBus bus =
                SimpleCommandBus.builder()
                        .transactionManager(NoTransactionManager.INSTANCE)
                        .build();
        AggregateAnnotationCommandHandler.<Piggy>builder()
                .aggregateType(Piggy.class)
                .repository(repository)
                .build()
                .subscribe(bus);
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }
}
