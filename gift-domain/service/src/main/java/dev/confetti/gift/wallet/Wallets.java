package dev.confetti.gift.wallet;

import dev.confetti.events.LogRecord;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.Aggregates.Forgetting;
import dev.confetti.gift.log.AppendReceipt.Captured;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogMetadata;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.wallet.WalletCommand.Correction;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletDecision.CorrectedMeanwhile;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * All wallets, as new as the log however many instances write to it. Thread-safe.
 *
 * <p>A wallet in memory may be older than the log, because another instance went on with it. An
 * acceptance proves itself when it is appended; a refusal, and what is shown, counts only when the
 * wallet had seen all that the log held.
 */
public final class Wallets {
    /** Each attempt but the first means that another instance was faster: this many is a fault. */
    private static final int MOST_ATTEMPTS = 200;

    private static final long NO_EVENTS = -1;

    private final Aggregates aggregates;
    private final EventLog log;
    private final WalletSnapshots snapshots;
    private final SpendingRules rules;
    private final Forgetting cached;

    /**
     * @param mostCached how many wallets are kept in memory
     */
    public Wallets(
            Aggregates aggregates,
            EventLog log,
            WalletSnapshots snapshots,
            SpendingRules rules,
            long mostCached) {
        this.aggregates = aggregates;
        this.snapshots = snapshots;
        this.log = log;
        this.rules = rules;
        this.cached =
                aggregates.add(
                        Wallet.class,
                        name -> new Wallet(name, rules, snapshots.everyEvents()),
                        Wallets::nameFor,
                        mostCached);
    }

    /**
     * What became of a command.
     *
     * @param decision accepted and recorded, unchanged or refused, on all that the log held
     * @param state the wallet right after
     * @param position of the event that the command asked for; empty without one
     */
    public record Done(WalletDecision decision, WalletState state, Optional<Long> position) {}

    /**
     * Decides and records.
     *
     * @throws dev.confetti.gift.log.DuplicateEventException when the event is in the log already
     */
    public Done perform(WalletCommand command) {
        Captured<WalletOutcome> done =
                upToDate(
                        command.viewerId(),
                        command,
                        LogMetadata.of(command.eventId(), command.at()));
        if (done.value().snapshotDue()) {
            snapshots.keep(command.viewerId(), done.value().sequence(), done.value().state());
        }
        return new Done(
                done.value().decision(),
                done.value().state(),
                done.appended().map(appended -> appended.firstPosition()));
    }

    /** What the wallet would say to a command now; nothing is recorded. */
    public WalletDecision preview(WalletCommand command) {
        return WalletRules.decide(current(command.viewerId()), command, rules);
    }

    /**
     * Corrects what is past.
     *
     * @param viewerId whose wallet
     * @param command looks up, in tables that are as new as the log, what is to be corrected, and
     *     may refuse; gets how many corrections the wallet had before. It is asked again when
     *     another correction came between.
     */
    public Done correct(String viewerId, LongFunction<? extends Correction> command) {
        for (int look = 1; look <= MOST_ATTEMPTS; look++) {
            try {
                Done done = perform(command.apply(current(viewerId).corrections()));
                if (!(done.decision() instanceof CorrectedMeanwhile)) {
                    return done;
                }
            } catch (OutdatedAppendException lookedTooEarly) {
                cached.forget(name(viewerId));
            }
        }
        throw new LogUnavailableException(
                "wallet "
                        + viewerId
                        + " was corrected "
                        + MOST_ATTEMPTS
                        + " times during one correction",
                false,
                null);
    }

    /** The wallet as it is now; empty for a viewer that nobody has seen. */
    public WalletState current(String viewerId) {
        return upToDate(viewerId, new Wallet.Look(viewerId), MetaData.emptyInstance())
                .value()
                .state();
    }

    private Captured<WalletOutcome> upToDate(String viewerId, Object command, MetaData metadata) {
        long atLeast = Long.MAX_VALUE;
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                Captured<WalletOutcome> done =
                        aggregates.send(command, metadata, WalletOutcome.class);
                if (done.value().decision() instanceof Accepted
                        || done.value().sequence() >= atLeast) {
                    return done;
                }
                atLeast = log.lastSequence(Wallet.STREAM_TYPE, viewerId).orElse(NO_EVENTS);
                if (done.value().sequence() >= atLeast) {
                    return done;
                }
            } catch (ConcurrencyException anotherInstanceWasFaster) {
                atLeast = log.lastSequence(Wallet.STREAM_TYPE, viewerId).orElse(NO_EVENTS);
            }
            cached.forget(name(viewerId));
        }
        throw new LogUnavailableException(
                "wallet " + viewerId + " changed " + MOST_ATTEMPTS + " times under one command",
                false,
                null);
    }

    /** An event of some wallet. */
    public Optional<LogRecord> event(UUID eventId) {
        return log.find(eventId).filter(row -> row.streamType().equals(Wallet.STREAM_TYPE));
    }

    private static String nameFor(Object command) {
        return switch (command) {
            case WalletCommand forWallet -> name(forWallet.viewerId());
            case Wallet.Look look -> name(look.viewerId());
            default ->
                    throw new IllegalArgumentException(
                            command + ": expected a command for a wallet");
        };
    }

    private static String name(String viewerId) {
        return Wallet.STREAM_TYPE + ":" + viewerId;
    }
}
