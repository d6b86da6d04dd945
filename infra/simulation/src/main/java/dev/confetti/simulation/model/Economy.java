package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.Agree;
import dev.confetti.simulation.model.Command.Block;
import dev.confetti.simulation.model.Command.Buy;
import dev.confetti.simulation.model.Command.CloseDispute;
import dev.confetti.simulation.model.Command.CloseMonth;
import dev.confetti.simulation.model.Command.CreateLive;
import dev.confetti.simulation.model.Command.DecideAdjustment;
import dev.confetti.simulation.model.Command.DecideBreakage;
import dev.confetti.simulation.model.Command.DecidePayout;
import dev.confetti.simulation.model.Command.DecideRevaluation;
import dev.confetti.simulation.model.Command.EndLive;
import dev.confetti.simulation.model.Command.FinishBatches;
import dev.confetti.simulation.model.Command.FinishRevaluations;
import dev.confetti.simulation.model.Command.Forget;
import dev.confetti.simulation.model.Command.Grant;
import dev.confetti.simulation.model.Command.HandInReport;
import dev.confetti.simulation.model.Command.HoldPayouts;
import dev.confetti.simulation.model.Command.LeaveLive;
import dev.confetti.simulation.model.Command.Limit;
import dev.confetti.simulation.model.Command.LookAtBankLines;
import dev.confetti.simulation.model.Command.LookAtGifts;
import dev.confetti.simulation.model.Command.LookAtPurchases;
import dev.confetti.simulation.model.Command.LookAtWallet;
import dev.confetti.simulation.model.Command.Once;
import dev.confetti.simulation.model.Command.OpenDispute;
import dev.confetti.simulation.model.Command.Refund;
import dev.confetti.simulation.model.Command.RequestAdjustment;
import dev.confetti.simulation.model.Command.RequestBreakage;
import dev.confetti.simulation.model.Command.RequestPayout;
import dev.confetti.simulation.model.Command.RequestRevaluation;
import dev.confetti.simulation.model.Command.Resolve;
import dev.confetti.simulation.model.Command.Reverse;
import dev.confetti.simulation.model.Command.SchedulePrice;
import dev.confetti.simulation.model.Command.Send;
import dev.confetti.simulation.model.Command.SendBatch;
import dev.confetti.simulation.model.Command.Settle;
import dev.confetti.simulation.model.Command.StartLive;
import dev.confetti.simulation.model.Command.TellBank;
import dev.confetti.simulation.model.Command.Unblock;
import dev.confetti.simulation.model.Command.WithdrawPayout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole economy, one command after the other. It says what every command must be answered, and
 * what the log must hold at the end.
 */
public final class Economy {
    private final Rules rules;
    private final Journal journal = new Journal();
    private final Lives lives = new Lives(journal);
    private final Cash cash = new Cash();
    private final Wallets wallets;
    private final Receivable receivable;
    private final Till till;
    private final Prices prices;
    private final Payroll payroll;
    private final Payouts payouts;
    private final Batches batches;
    private final Bank bank;
    private final Resolutions resolutions;
    private final Gifts gifts;
    private final Finance finance;
    private final Revaluations revaluations;
    private final People people;
    private long nanos;

    public Economy(Rules rules) {
        this.rules = rules;
        this.wallets = new Wallets(rules, journal);
        this.receivable = new Receivable(journal, cash);
        this.till = new Till(rules, journal, wallets, receivable);
        this.prices = new Prices(rules, journal);
        this.payroll = new Payroll(rules, journal);
        this.payouts = new Payouts(rules, journal, payroll, cash);
        this.batches = new Batches(journal, payroll, payouts, cash);
        this.bank = new Bank(journal, payroll, payouts, cash);
        this.resolutions = new Resolutions(journal, payroll, payouts, bank);
        this.gifts = new Gifts(rules, journal, wallets, lives, prices, payroll);
        this.finance = new Finance(journal, cash);
        this.revaluations = new Revaluations(journal, payroll);
        this.people = new People(journal, lives, till, gifts, payouts);
    }

    /** What becomes of the commit that a command asks for, if it does. */
    public enum Commit {
        ANSWERED,
        /** It happened, and nobody was told. */
        UNANSWERED,
        /** It did not happen, and nobody was told. */
        LOST
    }

    /**
     * Sets the time.
     *
     * @param instant of the clock, which may step back
     * @param passedNanos since the start, which never does
     */
    public void time(Instant instant, long passedNanos) {
        journal.time(instant);
        nanos = passedNanos;
    }

    /** An instance was thrown away. */
    public void restarted(int instance) {
        lives.forget(instance);
    }

    /** Whether the last command asked for a commit. */
    public boolean appended() {
        return journal.appended();
    }

    /** The answer that an instance must give. */
    public Facts perform(Command command, int instance, Commit ending) {
        journal.begin(ending);
        if (command instanceof Send send && rules.gifts().containsKey(send.giftId())) {
            // The instance looks at the live whatever comes then.
            lives.find(send.live())
                    .ifPresent(live -> lives.takesGifts(live, instance, nanos, rules));
        }
        if (command instanceof Once once) {
            Optional<Facts> again = journal.again(once);
            if (again.isPresent()) {
                return once instanceof SendBatch ? batches.finishThen(again.get()) : again.get();
            }
        }
        return switch (command) {
            case Buy buy -> till.buy(buy);
            case Refund refund -> till.refund(refund);
            case OpenDispute notice -> till.open(notice);
            case CloseDispute notice -> till.close(notice);
            case Grant grant -> wallets.grant(grant);
            case Send send -> gifts.send(send, instance, nanos);
            case Reverse reverse -> gifts.reverse(reverse);
            case SchedulePrice schedule -> prices.schedule(schedule);
            case Settle _ -> payroll.settle();
            case RequestPayout request -> payouts.request(request);
            case DecidePayout decide -> payouts.decide(decide);
            case Resolve resolve -> resolutions.resolve(resolve);
            case Agree agree -> resolutions.agree(agree);
            case WithdrawPayout withdraw -> payouts.withdraw(withdraw);
            case SendBatch send -> batches.batch(send);
            case HoldPayouts hold -> payouts.hold(hold);
            case FinishBatches _ -> batches.finish();
            case TellBank tell -> bank.tell(tell);
            case LookAtBankLines _ -> bank.lookAgain();
            case HandInReport report -> receivable.settle(report);
            case RequestAdjustment request -> finance.request(request);
            case DecideAdjustment decide -> finance.decide(decide);
            case RequestBreakage request -> finance.request(request);
            case DecideBreakage decide -> finance.decide(decide);
            case RequestRevaluation request -> revaluations.request(request);
            case DecideRevaluation decide -> revaluations.decide(decide);
            case FinishRevaluations _ -> revaluations.finish();
            case CloseMonth close -> finance.close(close);
            case Forget forget -> people.forget(forget, instance);
            case Block block -> wallets.block(block.viewer(), true);
            case Unblock unblock -> wallets.block(unblock.viewer(), false);
            case Limit set -> wallets.limit(set);
            case CreateLive create -> lives.create(create);
            case StartLive start -> lives.start(start);
            case LeaveLive leave -> lives.leave(leave);
            case EndLive end -> lives.end(end, instance);
            case LookAtWallet look -> wallets.look(look);
            case LookAtGifts look -> wallets.gifts(look);
            case LookAtPurchases look -> wallets.purchases(look);
        };
    }

    static Facts done() {
        return new Facts("done").with("repeated", false);
    }

    static Facts coinsOutOfRange(long coins, long least, long most) {
        return new Facts("coins-out-of-range")
                .with("coins", coins)
                .with("least", least)
                .with("most", most);
    }

    /** All events, in the order of the log. */
    public List<Facts> log() {
        return journal.log();
    }

    /** Everybody who ever did anything. */
    public List<String> viewers() {
        return wallets.viewers();
    }

    /** How many events a viewer's wallet has. */
    public long events(String viewer) {
        return wallets.of(viewer).events;
    }

    /** Whose wallet a gift was paid from. */
    public String viewerOf(Name gift) {
        SentGift sent = gifts.find(gift);
        return sent == null ? "" : sent.viewer;
    }

    /** Whose purchase it was. */
    public String buyerOf(Name purchase) {
        Purchase found = till.find(purchase);
        return found == null ? "" : found.wallet.viewer;
    }

    /** Purchases, oldest first. */
    public List<Name> purchases() {
        return till.purchases();
    }

    /** All lives, by their names' text. */
    public SortedMap<String, Name> livesByText() {
        SortedMap<String, Name> byText = new TreeMap<>();
        lives.names().forEach(name -> byText.put(name.text(), name));
        return byText;
    }

    /** The state of a live. */
    public String state(Name live) {
        return lives.find(live).map(found -> found.state).orElse("unknown");
    }

    /** Gifts that were sent, oldest first. */
    public List<Name> sentGifts() {
        return gifts.names();
    }

    /** Payouts that were requested, oldest first. */
    public List<Name> payouts() {
        return payouts.names();
    }

    /** Payouts of a status, oldest first. */
    public List<Name> payoutsIn(String status) {
        return payouts.all().stream()
                .filter(each -> each.status.equals(status))
                .map(each -> each.name)
                .toList();
    }

    /** What a purchase cost, in minor units; 0 for one that nobody made. */
    public long priceMinor(Name purchase) {
        Purchase found = till.find(purchase);
        return found == null ? 0 : found.bundle.priceMinor();
    }

    /** What the provider kept of it. */
    public long commissionMinor(Name purchase) {
        Purchase found = till.find(purchase);
        return found == null ? 0 : found.commissionMinor();
    }

    /** What a creator may have paid out, in whole diamonds. */
    public long availableDiamonds(String creator) {
        return payroll.account(creator).available / 10_000;
    }

    /** What the bank was told to transfer for a payout, in minor units. */
    public long netMinor(Name payout) {
        Payout found = payouts.find(payout);
        return found == null ? 0 : found.netMinor();
    }

    /** What was said of payouts, oldest first. */
    public List<Name> resolutions() {
        return resolutions.names();
    }

    /** The payout that a resolution is of. */
    public Name payoutOf(Name resolution) {
        return resolutions.payoutOf(resolution);
    }

    /** Adjustments that were requested, oldest first. */
    public List<Name> adjustments() {
        return finance.adjustments();
    }

    /** Estimates of breakage, oldest first. */
    public List<Name> estimates() {
        return finance.estimates();
    }

    /** Revaluations that were requested, oldest first. */
    public List<Name> revaluations() {
        return revaluations.names();
    }

    /** What creators' diamonds are worth in 0.000001, by creator, state and currency. */
    public SortedMap<String, Long> worths() {
        return payroll.worths();
    }

    /** Whether {@link #cash} explains an account. */
    public static boolean explainsCash(String account) {
        return Cash.explains(account);
    }

    /** Debits less credits in 0.000001, by account. */
    public SortedMap<String, Long> cash() {
        return cash.balances();
    }

    /** Diamonds of each creator in 0.0001, pending, available, reserved and redeemed. */
    public SortedMap<String, List<Long>> diamonds() {
        return payroll.diamonds();
    }

    /** Coins of a viewer, by kind; a debt is below 0. */
    public Map<String, Long> coinsOf(String viewer) {
        return wallets.coinsOf(viewer);
    }

    /** Coins of gifts that were not reversed, by what the rankings rank. */
    public SortedMap<List<Object>, Long> scores() {
        return gifts.scores();
    }
}
