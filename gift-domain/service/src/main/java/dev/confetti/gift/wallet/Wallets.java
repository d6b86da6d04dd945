package dev.confetti.gift.wallet;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.UpToDate;
import dev.confetti.gift.log.AppendReceipt.Captured;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogMetadata;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.wallet.WalletCommand.Correction;
import dev.confetti.gift.wallet.WalletDecision.CorrectedMeanwhile;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import org.axonframework.messaging.MetaData;

/** All wallets, as new as the log however many instances write to it. Thread-safe. */
public final class Wallets {
    /** Each look but the first means that another correction was faster: this many is a fault. */
    private static final int MOST_LOOKS = 200;

    private final Aggregates aggregates;
    private final EventLog log;
    private final WalletSnapshots snapshots;
    private final SpendingRules rules;
    private final UpToDate wallets;

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
        this.wallets =
                new UpToDate(
                        log,
                        Wallet.STREAM_TYPE,
                        aggregates.add(
                                Wallet.class,
                                name -> new Wallet(name, rules, snapshots.everyEvents()),
                                Wallets::nameFor,
                                mostCached));
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
        for (int look = 1; look <= MOST_LOOKS; look++) {
            try {
                Done done = perform(command.apply(current(viewerId).corrections()));
                if (!(done.decision() instanceof CorrectedMeanwhile)) {
                    return done;
                }
            } catch (OutdatedAppendException lookedTooEarly) {
                wallets.forget(viewerId);
            }
        }
        throw new LogUnavailableException(
                "wallet "
                        + viewerId
                        + " was corrected "
                        + MOST_LOOKS
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
        return wallets.decide(
                viewerId, () -> aggregates.send(command, metadata, WalletOutcome.class));
    }

    /** An event of some wallet. */
    public Optional<LogRecord> event(UUID eventId) {
        return log.find(eventId).filter(row -> row.streamType().equals(Wallet.STREAM_TYPE));
    }

    /** A purchase that was paid. */
    public Optional<CoinsPurchased> purchase(UUID purchaseId) {
        return event(purchaseId)
                .map(LogRecord::event)
                .filter(CoinsPurchased.class::isInstance)
                .map(CoinsPurchased.class::cast);
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
