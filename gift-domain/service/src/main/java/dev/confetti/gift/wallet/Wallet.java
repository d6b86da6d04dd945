package dev.confetti.gift.wallet;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.gift.aggregate.Decided;
import dev.confetti.gift.aggregate.OccurredAt;
import dev.confetti.gift.log.LogMetadata;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletCommand.BlockWallet;
import dev.confetti.gift.wallet.WalletCommand.CloseChargeback;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.OpenChargeback;
import dev.confetti.gift.wallet.WalletCommand.RefundPurchase;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletCommand.SetSpendingLimit;
import dev.confetti.gift.wallet.WalletCommand.UnblockWallet;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletDecision.Unchanged;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * The aggregate of one viewer's wallet: Axon's shell around {@link WalletState} and {@link
 * WalletRules}.
 *
 * <p>A refusal is an answer, not an exception, so that it does not cost the cache its wallet.
 */
public class Wallet {
    /** The stream type of wallets; their stream id is the viewer's. */
    public static final String STREAM_TYPE = "wallet";

    @AggregateIdentifier private final String name;
    private final SpendingRules rules;
    private final int snapshotEvery;
    private WalletState state = WalletState.EMPTY;
    private int eventsSinceSnapshot;

    /**
     * @param snapshotEvery how many events lie between two snapshots, 1 or more
     */
    Wallet(String name, SpendingRules rules, int snapshotEvery) {
        this.name = name;
        this.rules = rules;
        this.snapshotEvery = snapshotEvery;
    }

    /** Asks for the wallet as it is. */
    public record Look(String viewerId) {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome look(Look look) {
        return outcome(new Unchanged());
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome send(SendGift send, MetaData metadata) {
        return decide(send, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome add(AddPurchase add, MetaData metadata) {
        return decide(add, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome grant(GrantCoins grant, MetaData metadata) {
        return decide(grant, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome reverse(ReverseGift reverse, MetaData metadata) {
        return decide(reverse, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome refund(RefundPurchase refund, MetaData metadata) {
        return decide(refund, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome open(OpenChargeback open, MetaData metadata) {
        return decide(open, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome close(CloseChargeback close, MetaData metadata) {
        return decide(close, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome limit(SetSpendingLimit set, MetaData metadata) {
        return decide(set, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome block(BlockWallet block, MetaData metadata) {
        return decide(block, metadata);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome unblock(UnblockWallet unblock, MetaData metadata) {
        return decide(unblock, metadata);
    }

    private WalletOutcome decide(WalletCommand command, MetaData metadata) {
        WalletDecision decision = WalletRules.decide(state, command, rules);
        if (decision instanceof Accepted accepted) {
            AggregateLifecycle.apply(accepted.event(), forEvent(accepted.event(), metadata));
            accepted.recovered().ifPresent(debt -> AggregateLifecycle.apply(debt, metadata));
        }
        return outcome(decision);
    }

    /** A repeat of a send is answered with what was left right after it. */
    private MetaData forEvent(ConfettiEvent event, MetaData metadata) {
        return event instanceof GiftSent sent
                ? LogMetadata.keeping(
                        metadata, new SpendableAfter(state.spendable() - sent.coins()).toJson())
                : metadata;
    }

    private WalletOutcome outcome(WalletDecision decision) {
        boolean snapshotDue = decision instanceof Accepted && eventsSinceSnapshot >= snapshotEvery;
        if (snapshotDue) {
            eventsSinceSnapshot = 0;
        }
        return new WalletOutcome(decision, state, Decided.lastSequence(), snapshotDue);
    }

    /** Begins where a snapshot was taken. */
    @EventSourcingHandler
    void on(WalletState snapshot) {
        state = snapshot;
        eventsSinceSnapshot = 0;
    }

    @EventSourcingHandler
    void on(ConfettiEvent event, EventMessage<?> message) {
        Instant at = OccurredAt.of(message);
        state = state.evolve(event, at);
        eventsSinceSnapshot++;
    }

    @Override
    public String toString() {
        return name;
    }
}
