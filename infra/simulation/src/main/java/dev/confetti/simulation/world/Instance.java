package dev.confetti.simulation.world;

import dev.confetti.events.Diamonds;
import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.Together;
import dev.confetti.gift.catalogue.Catalogue;
import dev.confetti.gift.catalogue.PriceChange;
import dev.confetti.gift.catalogue.Prices;
import dev.confetti.gift.catalogue.SchedulePriceRequest;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.EarningsBook;
import dev.confetti.gift.earning.EarningsClerk;
import dev.confetti.gift.earning.EarningsReleases;
import dev.confetti.gift.earning.Hold;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.live.CreateLiveRequest;
import dev.confetti.gift.live.LiveDecision;
import dev.confetti.gift.live.LiveTable;
import dev.confetti.gift.live.Lives;
import dev.confetti.gift.live.RandomNames;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.EventLogConfig;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogEventStorageEngine;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.SnapshotTable;
import dev.confetti.gift.payout.Destinations;
import dev.confetti.gift.payout.Payout;
import dev.confetti.gift.payout.PayoutQueries;
import dev.confetti.gift.payout.PayoutTable;
import dev.confetti.gift.payout.Payouts;
import dev.confetti.gift.payout.RequestPayoutRequest;
import dev.confetti.gift.policy.Policies;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.BuyCoinsRequest;
import dev.confetti.gift.purchase.Chargebacks;
import dev.confetti.gift.purchase.Chargebacks.Dispute;
import dev.confetti.gift.purchase.Chargebacks.Effect;
import dev.confetti.gift.purchase.Checkouts;
import dev.confetti.gift.purchase.CoinPackages;
import dev.confetti.gift.purchase.PaymentProviders;
import dev.confetti.gift.purchase.Purchase;
import dev.confetti.gift.purchase.Purchases;
import dev.confetti.gift.purchase.Purchases.Bought;
import dev.confetti.gift.purchase.Refunds;
import dev.confetti.gift.purchase.Refunds.Refunded;
import dev.confetti.gift.purchase.SandboxProvider;
import dev.confetti.gift.sending.GiftSends;
import dev.confetti.gift.sending.GiftSends.Sent;
import dev.confetti.gift.sending.GiftSends.SentGift;
import dev.confetti.gift.sending.GrantRequest;
import dev.confetti.gift.sending.Reversals;
import dev.confetti.gift.sending.Reversals.Reversed;
import dev.confetti.gift.sending.ReversedGifts;
import dev.confetti.gift.sending.SendGiftRequest;
import dev.confetti.gift.sending.WalletDesk;
import dev.confetti.gift.sending.WalletDesk.BlockState;
import dev.confetti.gift.sending.WalletDesk.Granted;
import dev.confetti.gift.wallet.Lot;
import dev.confetti.gift.wallet.OwnLimit;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.SpendingRules;
import dev.confetti.gift.wallet.WalletSnapshots;
import dev.confetti.gift.wallet.WalletState;
import dev.confetti.gift.wallet.Wallets;
import dev.confetti.simulation.model.Command;
import dev.confetti.simulation.model.Command.Block;
import dev.confetti.simulation.model.Command.Buy;
import dev.confetti.simulation.model.Command.CloseDispute;
import dev.confetti.simulation.model.Command.CreateLive;
import dev.confetti.simulation.model.Command.DecidePayout;
import dev.confetti.simulation.model.Command.EndLive;
import dev.confetti.simulation.model.Command.Grant;
import dev.confetti.simulation.model.Command.LeaveLive;
import dev.confetti.simulation.model.Command.Limit;
import dev.confetti.simulation.model.Command.LookAtGifts;
import dev.confetti.simulation.model.Command.LookAtPurchases;
import dev.confetti.simulation.model.Command.LookAtWallet;
import dev.confetti.simulation.model.Command.Once;
import dev.confetti.simulation.model.Command.OpenDispute;
import dev.confetti.simulation.model.Command.Refund;
import dev.confetti.simulation.model.Command.RequestPayout;
import dev.confetti.simulation.model.Command.Reverse;
import dev.confetti.simulation.model.Command.SchedulePrice;
import dev.confetti.simulation.model.Command.Send;
import dev.confetti.simulation.model.Command.Settle;
import dev.confetti.simulation.model.Command.StartLive;
import dev.confetti.simulation.model.Command.Unblock;
import dev.confetti.simulation.model.Facts;
import dev.confetti.simulation.model.Name;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One instance of the gift service, put together by hand, without Spring and HTTP. */
final class Instance implements AutoCloseable {
    private static final long CACHED_WALLETS = 1_000;
    private static final long DISPUTE_FEE_MINOR = 1_500;

    private final FaultyPool pool;
    private final Names names;
    private final Time time;
    private final SpendingRules rules;
    private final EventLog log;
    private final WalletSnapshots snapshots;
    private final Aggregates aggregates;
    private final Prices prices;
    private final Wallets wallets;
    private final Lives lives;
    private final Purchases purchases;
    private final GiftSends giftSends;
    private final Reversals reversals;
    private final Refunds refunds;
    private final EarningsClerk clerk;
    private final Payouts payouts;
    private final Chargebacks chargebacks;
    private final WalletDesk desk;

    Instance(FaultyPool pool, Settings settings, Names names, Time time, Random random) {
        this.pool = pool;
        this.names = names;
        this.time = time;
        GiftDatabase database = new GiftDatabase(pool);
        Policies policies = Policies.of(settings.policies());
        this.rules = policies.spendingRules();
        EventTexts texts = new EventTexts(database);
        ReversedGifts reversedGifts = new ReversedGifts(database);
        PurchaseStandings standings = new PurchaseStandings(database);
        EarningsReleases releases = new EarningsReleases(database);
        PaymentProviders providers =
                new PaymentProviders(
                        List.of(new SandboxProvider(null)), List.of(new SandboxProvider(null)));
        this.log =
                new EventLog(
                        pool,
                        time,
                        List.of(
                                texts,
                                new LiveTable(),
                                reversedGifts,
                                standings,
                                releases,
                                new PayoutTable()),
                        EventLogConfig.defaults());
        // Snapshots are kept by a thread of their own: faults are for the command alone.
        this.snapshots =
                new WalletSnapshots(
                        new SnapshotTable(settings.calmPool()), settings.snapshotEvery());
        this.aggregates = new Aggregates(new LogEventStorageEngine(log, snapshots));
        this.prices =
                new Prices(new Catalogue(settings.gifts()), database, policies.priceLead(), time);
        OnceOnly onceOnly = new OnceOnly(log, texts);
        this.wallets = new Wallets(aggregates, log, snapshots, rules, CACHED_WALLETS);
        this.lives =
                new Lives(
                        aggregates,
                        log,
                        texts,
                        database,
                        policies,
                        new RandomNames(random),
                        time,
                        time);
        this.purchases =
                new Purchases(
                        new CoinPackages(settings.packages()),
                        providers,
                        wallets,
                        standings,
                        new Checkouts(database),
                        onceOnly,
                        log,
                        texts,
                        time);
        this.giftSends = new GiftSends(prices, lives, wallets, onceOnly, reversedGifts, log, time);
        this.reversals = new Reversals(wallets, reversedGifts, standings, releases, onceOnly, time);
        // The book has no faults of its own: they are for appends alone.
        EarningsBook book =
                new EarningsBook(
                        new GiftDatabase(settings.calmPool()), new Hold(policies.earningsHold()));
        Creators creators = new Creators(aggregates, log, policies.payoutRules());
        this.clerk = new EarningsClerk(book, creators, time, new Together(1));
        this.payouts =
                new Payouts(
                        creators,
                        book,
                        new PayoutQueries(database),
                        log,
                        onceOnly,
                        new Destinations(texts),
                        texts,
                        () -> new UUID(random.nextLong(), random.nextLong()),
                        policies.payoutRules().currency(),
                        time);
        this.refunds = new Refunds(providers, wallets, standings, onceOnly, time);
        this.chargebacks = new Chargebacks(wallets, standings, time);
        this.desk =
                new WalletDesk(
                        wallets,
                        onceOnly,
                        texts,
                        () -> new UUID(random.nextLong(), random.nextLong()),
                        time);
    }

    FaultyPool pool() {
        return pool;
    }

    /** The answer to a command, in the model's words. */
    Facts perform(Command command) {
        try {
            return answer(command);
        } catch (RefusedException refused) {
            return Facts.of(refused.problemType().typeName(), refused.problem().extensions());
        } catch (LogUnavailableException e) {
            return e.outcomeUnknown() ? Facts.OUTCOME_UNKNOWN : Facts.NOTHING_HAPPENED;
        } catch (RuntimeException e) {
            return new Facts("thrown: " + e);
        }
    }

    private Facts answer(Command command) {
        return switch (command) {
            case Once once -> answerOnce(once, IdempotencyKey.of(once.key()));
            case Block block -> blocked(desk.block(block.viewer(), "why"));
            case Unblock unblock -> blocked(desk.unblock(unblock.viewer(), "why"));
            case Limit set -> wallet(desk.limit(set.viewer(), set.coinsPerDay()));
            case Settle _ -> {
                clerk.work();
                yield new Facts("done");
            }
            case DecidePayout decide -> {
                String id = names.idOrText(decide.payout());
                Payout payout =
                        decide.approve()
                                ? payouts.approve(decide.by(), id)
                                : payouts.reject(decide.by(), id, "why");
                yield new Facts("done").with("status", payout.status());
            }
            case OpenDispute notice ->
                    effect(
                            chargebacks.open(
                                    "sandbox", dispute(notice.purchase(), notice.reference())));
            case CloseDispute notice ->
                    effect(
                            chargebacks.close(
                                    "sandbox",
                                    dispute(notice.purchase(), notice.reference()),
                                    notice.won()));
            case CreateLive create ->
                    new Facts("done")
                            .with(
                                    "live",
                                    lives.create(
                                                    create.creator(),
                                                    new CreateLiveRequest("A live", List.of()))
                                            .liveId());
            case StartLive start ->
                    decided(lives.start(names.idOrText(start.live()), start.publisher()));
            case LeaveLive leave ->
                    decided(lives.leave(names.idOrText(leave.live()), leave.publisher()));
            case EndLive end ->
                    decided(
                            lives.end(
                                    names.idOrText(end.live()),
                                    end.byCreator()
                                            ? EndReason.ENDED_BY_CREATOR
                                            : EndReason.PUBLISHER_GONE));
            case LookAtWallet look -> wallet(wallets.current(look.viewer()));
            case LookAtGifts look -> gifts(giftSends.of(look.viewer(), first(look.limit())));
            case LookAtPurchases look ->
                    purchases(purchases.of(look.viewer(), first(look.limit())));
        };
    }

    private Facts answerOnce(Once once, IdempotencyKey key) {
        String caller = once.caller();
        return switch (once) {
            case Buy buy ->
                    bought(
                            purchases.buy(
                                    caller,
                                    key,
                                    new BuyCoinsRequest(buy.packageId(), buy.provider())));
            case Grant grant ->
                    granted(
                            desk.grant(
                                    caller,
                                    key,
                                    grant.viewer(),
                                    new GrantRequest(grant.coins(), grant.reason())));
            case Send send ->
                    sent(
                            giftSends.send(
                                    caller,
                                    key,
                                    new SendGiftRequest(
                                            names.idOrText(send.live()),
                                            send.giftId(),
                                            send.quantity(),
                                            send.comboId())));
            case Reverse reverse ->
                    reversed(
                            reversals.reverse(
                                    caller, key, names.idOrText(reverse.gift()), reverse.reason()));
            case Refund refund ->
                    refunded(
                            refunds.refund(
                                    caller,
                                    key,
                                    names.idOrText(refund.purchase()),
                                    refund.reason()));
            case RequestPayout request -> {
                Answer<Payouts.Requested> answer =
                        payouts.request(
                                caller,
                                key,
                                new RequestPayoutRequest(
                                        Diamonds.ofWhole(request.diamonds()),
                                        new RequestPayoutRequest.Destination(
                                                "DE89370400440532013000", "Ada")));
                yield done(answer)
                        .with("payout", answer.body().payoutId())
                        .with("status", answer.body().status());
            }
            case SchedulePrice schedule ->
                    scheduled(
                            prices.schedule(
                                    caller,
                                    key,
                                    schedule.giftId(),
                                    new SchedulePriceRequest(
                                            schedule.coins(), schedule.effectiveAt().toString())));
        };
    }

    private static PageRequest first(int limit) {
        return PageRequest.of(Integer.toString(limit), null);
    }

    private static Facts done(Answer<?> answer) {
        return new Facts("done").with("repeated", answer.repeated());
    }

    private static Facts bought(Answer<Bought> answer) {
        return done(answer)
                .with("purchase", answer.body().purchaseId())
                .with("status", answer.body().status());
    }

    private static Facts granted(Answer<Granted> answer) {
        return done(answer)
                .with("grant", answer.body().grantId())
                .with("viewer", answer.body().viewerId())
                .with("coins", answer.body().coins())
                .with("position", answer.body().position());
    }

    private static Facts sent(Answer<Sent> answer) {
        Sent sent = answer.body();
        return done(answer)
                .with("gift", sent.giftSendId())
                .with("coins", sent.coins())
                .with("spendable", sent.spendable())
                .with("combo", sent.comboId())
                .with("comboCount", sent.comboCount())
                .with("comboEndsAt", sent.comboEndsAt())
                .with("position", sent.position());
    }

    private static Facts reversed(Answer<Reversed> answer) {
        return done(answer)
                .with("gift", answer.body().giftSendId())
                .with("viewer", answer.body().viewerId())
                .with("coins", answer.body().coins())
                .with("position", answer.body().position());
    }

    private static Facts refunded(Answer<Refunded> answer) {
        return done(answer)
                .with("refund", answer.body().refundId())
                .with("purchase", answer.body().purchaseId())
                .with("coinsTaken", answer.body().coinsTaken())
                .with("coinsOwed", answer.body().coinsOwed())
                .with("position", answer.body().position());
    }

    /** A dispute of the whole price, at the usual fee. */
    private Dispute dispute(Name purchase, String reference) {
        UUID id = PathIds.uuid(names.idOrText(purchase)).orElse(new UUID(0, 0));
        long amountMinor = purchases.find(id).map(each -> each.price().amountMinor()).orElse(0L);
        return new Dispute(id, reference, amountMinor, DISPUTE_FEE_MINOR, "USD");
    }

    private static Facts effect(Effect effect) {
        return new Facts(effect.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Facts scheduled(Answer<PriceChange> answer) {
        PriceChange change = answer.body();
        return done(answer)
                .with("price", change.priceId())
                .with("giftId", change.giftId())
                .with("coins", change.coins())
                .with("effectiveAt", change.effectiveAt())
                .with("scheduledAt", change.scheduledAt());
    }

    private static Facts blocked(BlockState state) {
        return new Facts("done").with("viewer", state.viewerId()).with("blocked", state.blocked());
    }

    private static Facts decided(LiveDecision decision) {
        return switch (decision) {
            case LiveDecision.Accepted _ -> new Facts("accepted");
            case LiveDecision.Unchanged _ -> new Facts("unchanged");
            case LiveDecision.Unknown _ -> new Facts("unknown");
            case LiveDecision.Ended _ -> new Facts("ended");
        };
    }

    private Facts wallet(WalletState wallet) {
        Instant now = time.instant();
        OwnLimit own = wallet.ownLimit().at(now);
        OptionalLong most = wallet.coinsPerDay(now, rules);
        return new Facts("wallet")
                .with("promo", wallet.promoCoins())
                .with("paid", wallet.paidCoins())
                .with("lots", wallet.lots().stream().map(Lot::coins).toList())
                .with("spendable", wallet.spendable())
                .with("blocked", wallet.blocked())
                .with("sentToday", wallet.coinsSentToday(now))
                .with("limit", most.isPresent() ? most.getAsLong() : null)
                .with("ownLimit", own.coinsPerDay())
                .with("pendingLimit", pendingLimit(own))
                .with("pendingAt", own.pending() == null ? null : own.pending().effectiveAt())
                .with("frozen", wallet.frozenCoins())
                .with("debt", wallet.debtCoins())
                .with("corrections", wallet.corrections());
    }

    private static @Nullable String pendingLimit(OwnLimit own) {
        return own.pending() == null ? null : String.valueOf(own.pending().coinsPerDay());
    }

    private static Facts gifts(Page<SentGift> page) {
        Facts history = new Facts("gifts");
        for (int i = 0; i < page.items().size(); i++) {
            SentGift gift = page.items().get(i);
            String at = i + ".";
            history =
                    history.with(at + "gift", gift.giftSendId())
                            .with(at + "live", gift.liveId())
                            .with(at + "creator", gift.creatorId())
                            .with(at + "giftId", gift.giftId())
                            .with(at + "giftName", gift.giftName())
                            .with(at + "tier", gift.tier())
                            .with(at + "quantity", gift.quantity())
                            .with(at + "coins", gift.coins())
                            .with(at + "combo", gift.comboId())
                            .with(at + "comboCount", gift.comboCount())
                            .with(at + "sentAt", gift.sentAt())
                            .with(at + "reversed", gift.reversed())
                            .with(at + "position", gift.position());
        }
        return history.with("more", page.nextCursor() != null);
    }

    private static Facts purchases(Page<Purchase> page) {
        Facts history = new Facts("purchases");
        for (int i = 0; i < page.items().size(); i++) {
            Purchase purchase = page.items().get(i);
            history =
                    history.with(i + ".purchase", purchase.purchaseId())
                            .with(i + ".package", purchase.packageId())
                            .with(i + ".coins", purchase.coins())
                            .with(i + ".status", purchase.status())
                            .with(i + ".chargeback", purchase.chargeback())
                            .with(i + ".position", purchase.position());
        }
        return history.with("more", page.nextCursor() != null);
    }

    @Override
    public void close() {
        clerk.close();
        log.close();
        aggregates.close();
        snapshots.close();
        prices.close();
    }
}
