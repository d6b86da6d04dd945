package dev.confetti.gift.wallet;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.gift.aggregate.OccurredAt;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletCommand.BlockWallet;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletCommand.UnblockWallet;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletDecision.Unchanged;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
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
    private WalletState state = WalletState.EMPTY;

    Wallet(String name) {
        this.name = name;
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
    WalletOutcome send(SendGift send, SpendingRules rules) {
        return decide(send, rules);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome add(AddPurchase add, SpendingRules rules) {
        return decide(add, rules);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome grant(GrantCoins grant, SpendingRules rules) {
        return decide(grant, rules);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome reverse(ReverseGift reverse, SpendingRules rules) {
        return decide(reverse, rules);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome block(BlockWallet block, SpendingRules rules) {
        return decide(block, rules);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    WalletOutcome unblock(UnblockWallet unblock, SpendingRules rules) {
        return decide(unblock, rules);
    }

    private WalletOutcome decide(WalletCommand command, SpendingRules rules) {
        WalletDecision decision = WalletRules.decide(state, command, rules);
        if (decision instanceof Accepted accepted) {
            AggregateLifecycle.apply(accepted.event());
        }
        return outcome(decision);
    }

    private WalletOutcome outcome(WalletDecision decision) {
        return new WalletOutcome(decision, state, AggregateLifecycle.getVersion());
    }

    @EventSourcingHandler
    void on(ConfettiEvent event, EventMessage<?> message) {
        Instant at = OccurredAt.of(message);
        state = state.evolve(event, at);
    }

    @Override
    public String toString() {
        return name;
    }
}
