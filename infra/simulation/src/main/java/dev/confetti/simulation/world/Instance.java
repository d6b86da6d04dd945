package dev.confetti.simulation.world;

import dev.confetti.events.Diamonds;
import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.gift.catalogue.SchedulePriceRequest;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.live.CreateLiveRequest;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.payout.Payout;
import dev.confetti.gift.payout.PayoutBatch;
import dev.confetti.gift.payout.Payouts;
import dev.confetti.gift.payout.RequestPayoutRequest;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.BuyCoinsRequest;
import dev.confetti.gift.purchase.Chargebacks.Dispute;
import dev.confetti.gift.sending.GrantRequest;
import dev.confetti.gift.sending.SendGiftRequest;
import dev.confetti.gift.wallet.WalletState;
import dev.confetti.simulation.model.Command;
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
import dev.confetti.simulation.model.Facts;
import dev.confetti.simulation.model.Name;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One instance of the gift service, and the commands of the model as calls to it. */
final class Instance implements AutoCloseable {
    private static final long DISPUTE_FEE_MINOR = 1_500;

    private final FaultyPool pool;
    private final Names names;
    private final Time time;
    private final Service service;
    private final BackOffice office;

    Instance(FaultyPool pool, Settings settings, Names names, Time time, Random random) {
        this.pool = pool;
        this.names = names;
        this.time = time;
        this.service = new Service(pool, settings, time, random);
        this.office = new BackOffice(service, names);
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
            case Block block -> Answers.blocked(service.desk.block(block.viewer(), "why"));
            case Unblock unblock -> Answers.blocked(service.desk.unblock(unblock.viewer(), "why"));
            case Limit set -> wallet(service.desk.limit(set.viewer(), set.coinsPerDay()));
            case Settle _ -> {
                service.clerk.work();
                yield new Facts("done");
            }
            case DecidePayout decide -> {
                String id = names.idOrText(decide.payout());
                Payout payout =
                        decide.approve()
                                ? service.decisions.approve(decide.by(), id)
                                : service.decisions.reject(decide.by(), id, "why");
                yield new Facts("done").with("status", payout.status());
            }
            case Agree agree -> office.agree(agree);
            case WithdrawPayout(Name payout, String by) ->
                    new Facts("done")
                            .with(
                                    "status",
                                    service.decisions
                                            .withdraw(by, names.idOrText(payout), "why")
                                            .status());
            case HoldPayouts hold ->
                    new Facts("done")
                            .with(
                                    "held",
                                    (hold.hold()
                                                    ? service.decisions.hold(
                                                            hold.by(), hold.creator(), "why")
                                                    : service.decisions.resume(
                                                            hold.by(), hold.creator(), "why"))
                                            .payoutsHeld());
            case FinishBatches _ -> {
                service.batches.finishAll();
                yield new Facts("done");
            }
            case TellBank tell -> office.tell(tell);
            case LookAtBankLines _ -> office.lookAtBankLines();
            case HandInReport report -> office.handIn(report);
            case DecideAdjustment decide -> office.decide(decide);
            case DecideBreakage decide -> office.decide(decide);
            case DecideRevaluation decide -> office.decide(decide);
            case FinishRevaluations _ -> office.finishRevaluations();
            case CloseMonth(String by, YearMonth month) -> office.close(by, month);
            case Forget forget -> office.forget(forget);
            case OpenDispute notice ->
                    Answers.effect(
                            service.chargebacks.open(
                                    "sandbox", dispute(notice.purchase(), notice.reference())));
            case CloseDispute notice ->
                    Answers.effect(
                            service.chargebacks.close(
                                    "sandbox",
                                    dispute(notice.purchase(), notice.reference()),
                                    notice.won()));
            case CreateLive create ->
                    new Facts("done")
                            .with(
                                    "live",
                                    service.lives
                                            .create(
                                                    create.creator(),
                                                    new CreateLiveRequest("A live", List.of()))
                                            .liveId());
            case StartLive start ->
                    Answers.decided(
                            service.lives.start(names.idOrText(start.live()), start.publisher()));
            case LeaveLive leave ->
                    Answers.decided(
                            service.lives.leave(names.idOrText(leave.live()), leave.publisher()));
            case EndLive end ->
                    Answers.decided(
                            service.lives.end(
                                    names.idOrText(end.live()),
                                    end.byCreator()
                                            ? EndReason.ENDED_BY_CREATOR
                                            : EndReason.PUBLISHER_GONE));
            case LookAtWallet look -> wallet(service.wallets.current(look.viewer()));
            case LookAtGifts look ->
                    Answers.gifts(service.giftSends.of(look.viewer(), first(look.limit())));
            case LookAtPurchases look ->
                    Answers.purchases(
                            service.history.of(
                                    look.viewer(), Integer.toString(look.limit()), null));
        };
    }

    private Facts answerOnce(Once once, IdempotencyKey key) {
        String caller = once.caller();
        return switch (once) {
            case Buy buy ->
                    Answers.bought(
                            service.purchases.buy(
                                    caller,
                                    key,
                                    new BuyCoinsRequest(buy.packageId(), buy.provider())));
            case Grant grant ->
                    Answers.granted(
                            service.desk.grant(
                                    caller,
                                    key,
                                    grant.viewer(),
                                    new GrantRequest(grant.coins(), grant.reason())));
            case Send send ->
                    Answers.sent(
                            service.giftSends.send(
                                    caller,
                                    key,
                                    new SendGiftRequest(
                                            names.idOrText(send.live()),
                                            send.giftId(),
                                            send.quantity(),
                                            send.comboId())));
            case Reverse reverse ->
                    Answers.reversed(
                            service.reversals.reverse(
                                    caller, key, names.idOrText(reverse.gift()), reverse.reason()));
            case Refund refund ->
                    Answers.refunded(
                            service.refunds.refund(
                                    caller,
                                    key,
                                    names.idOrText(refund.purchase()),
                                    refund.reason()));
            case RequestPayout request -> {
                Answer<Payouts.Requested> answer =
                        service.payouts.request(
                                caller,
                                key,
                                new RequestPayoutRequest(
                                        Diamonds.ofWhole(request.diamonds()),
                                        new RequestPayoutRequest.Destination(
                                                "DE89370400440532013000", "Ada")));
                yield Answers.done(answer)
                        .with("payout", answer.body().payoutId())
                        .with("status", answer.body().status());
            }
            case SendBatch _ -> {
                Answer<PayoutBatch> answer = service.batches.create(caller, key);
                yield Answers.done(answer)
                        .with("batch", answer.body().batchId())
                        .with("payouts", answer.body().payouts())
                        .with("status", answer.body().status());
            }
            case Resolve resolve -> office.resolve(resolve);
            case RequestAdjustment adjustment -> office.request(adjustment);
            case RequestBreakage breakage -> office.request(breakage);
            case RequestRevaluation revaluation -> office.request(revaluation);
            case SchedulePrice schedule ->
                    Answers.scheduled(
                            service.prices.schedule(
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

    private Facts wallet(WalletState wallet) {
        return Answers.wallet(wallet, time.instant(), service.rules);
    }

    /** A dispute of the whole price, at the usual fee. */
    private Dispute dispute(Name purchase, String reference) {
        UUID id = PathIds.uuid(names.idOrText(purchase)).orElse(new UUID(0, 0));
        long amountMinor =
                service.history.find(id).map(each -> each.price().amountMinor()).orElse(0L);
        return new Dispute(id, reference, amountMinor, DISPUTE_FEE_MINOR, "USD");
    }

    @Override
    public void close() {
        service.close();
    }
}
