package dev.confetti.gift.wallet;

import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.ConfettiEvent;
import java.util.Optional;

/** What a wallet says to a command: an event, nothing to do, look again, or a named refusal. */
public sealed interface WalletDecision
        permits WalletDecision.Accepted,
                WalletDecision.Unchanged,
                WalletDecision.CorrectedMeanwhile,
                WalletRefusal {

    /**
     * The command changes the wallet.
     *
     * @param event that the command asked for
     * @param recovered debt that coins which came by the event pay at once
     */
    record Accepted(ConfettiEvent event, Optional<CoinDebtRecovered> recovered)
            implements WalletDecision {
        Accepted(ConfettiEvent event) {
            this(event, Optional.empty());
        }
    }

    /** The wallet is already as the command wants it. */
    record Unchanged() implements WalletDecision {}

    /**
     * Something of the past was corrected since the command's sender looked, perhaps the same gift
     * or purchase: it is to look again and to repeat the command.
     *
     * @param corrections how many the wallet has by now
     */
    record CorrectedMeanwhile(long corrections) implements WalletDecision {}
}
