package dev.confetti.simulation;

import dev.confetti.board.score.ScoreRules;
import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.CoinEvent.SpendingLimitSet;
import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.CoinEvent.WalletUnblocked;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutResolutionRequested;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.PayoutsHeld;
import dev.confetti.events.CreatorEvent.PayoutsResumed;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.FinanceEvent;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentRejected;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;
import dev.confetti.events.FinanceEvent.BankMessageReceived;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.FinanceEvent.PayoutBatchCreated;
import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.events.LiveEvent.LiveAway;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LiveEvent.LiveEnded;
import dev.confetti.events.LiveEvent.LiveStarted;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.events.LotShare;
import dev.confetti.events.PersonEvent.PersonForgotten;
import dev.confetti.gift.log.LogVerifier;
import dev.confetti.ledger.LedgerExpectation;
import dev.confetti.ledger.LedgerState;
import dev.confetti.simulation.model.Economy;
import dev.confetti.simulation.model.Facts;
import dev.confetti.simulation.model.Name;
import dev.confetti.simulation.world.Names;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** At the end of a run: the log, the books and the rankings against the model. */
final class Reckoning {
    private static final Set<String> NAMED_AFTER_IDS =
            Set.of("live", "payout-batch", "bank-message", "settlement", "adjustment", "breakage");

    private final DataSource database;
    private final Economy economy;
    private final Names names;

    Reckoning(DataSource database, Economy economy, Names names) {
        this.database = database;
        this.economy = economy;
        this.names = names;
    }

    void settle() throws SQLException {
        LogVerifier.Report chain = new LogVerifier(database).verify();
        expect(
                "the log verifies",
                "no fault",
                chain.fault().map(Object::toString).orElse("no fault"));
        LogReader log = new LogReader(database);
        long head = log.head();
        expect("the log's head", (long) economy.log().size(), head);
        List<LogRecord> rows = head == 0 ? List.of() : log.read(0, Math.toIntExact(head));
        rows(rows);
        books(LedgerExpectation.fold(log, head));
        rankings(rows);
        lives();
        earnings();
    }

    private static void expect(String what, Object model, Object service) {
        if (!model.equals(service)) {
            throw new Difference(
                    "at the end, " + what + "\n  model:   " + model + "\n  service: " + service);
        }
    }

    /** Every accepted command once, none invented, in order. */
    private void rows(List<LogRecord> rows) {
        for (int i = 0; i < rows.size(); i++) {
            Facts model = economy.log().get(i);
            Facts service = row(rows.get(i), String.valueOf(model.values().get("stream")));
            if (!names.same(model, service)) {
                throw new Difference(
                        "at the end, the log's position "
                                + (i + 1)
                                + "\n  model:   "
                                + model
                                + "\n  service: "
                                + service);
            }
        }
    }

    private Facts row(LogRecord row, String modelStream) {
        String type = row.type().replaceFirst("^confetti\\.(.*)\\.v1$", "$1");
        Facts facts =
                event(row, type)
                        .with("position", row.position())
                        .with("sequence", row.sequence())
                        .with("occurredAt", row.occurredAt())
                        .with("recordedAt", row.recordedAt());
        // Such a stream has an id, which the model knows by another name.
        Object stream =
                NAMED_AFTER_IDS.contains(row.streamType())
                                && modelStream.startsWith(row.streamType() + " ")
                        ? modelStream
                        : row.streamType() + " " + row.streamId();
        return facts.with("stream", stream);
    }

    private static Facts event(LogRecord row, String type) {
        Facts facts = new Facts(type);
        return switch (row.event()) {
            case CoinsPurchased event ->
                    facts.with("viewer", event.viewerId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("coins", event.coins())
                            .with("bonusCoins", event.bonusCoins())
                            .with("priceMinor", event.priceMinor());
            case CoinsGranted event ->
                    facts.with("viewer", event.viewerId())
                            .with("grant", event.grantId())
                            .with("coins", event.coins());
            case PurchaseRefunded event ->
                    facts.with("viewer", event.viewerId())
                            .with("refund", event.refundId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("coinsTaken", event.coinsTaken())
                            .with("frozenCoins", event.frozenCoins())
                            .with("coinsOwed", event.coinsOwed())
                            .with("amountMinor", event.amountMinor());
            case CoinDebtRecovered event ->
                    lots(facts, event.lots())
                            .with("viewer", event.viewerId())
                            .with("recovery", event.recoveryId())
                            .with("coins", event.coins())
                            .with("promoCoins", event.promoCoins());
            case ChargebackOpened event ->
                    facts.with("viewer", event.viewerId())
                            .with("chargeback", event.chargebackId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("frozenCoins", event.frozenCoins())
                            .with("amountMinor", event.amountMinor())
                            .with("feeMinor", event.feeMinor());
            case ChargebackWon event ->
                    facts.with("viewer", event.viewerId())
                            .with("chargeback", event.chargebackId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("coins", event.coins());
            case ChargebackLost event ->
                    facts.with("viewer", event.viewerId())
                            .with("chargeback", event.chargebackId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("frozenCoins", event.frozenCoins())
                            .with("coinsTaken", event.coinsTaken())
                            .with("coinsOwed", event.coinsOwed());
            case SpendingLimitSet event ->
                    facts.with("viewer", event.viewerId())
                            .with("coinsPerDay", event.coinsPerDay())
                            .with("effectiveAt", event.effectiveAt());
            case WalletBlocked event -> facts.with("viewer", event.viewerId());
            case WalletUnblocked event -> facts.with("viewer", event.viewerId());
            case GiftSent event ->
                    gift(facts, event, event.coins(), event.promoCoins(), event.lots())
                            .with("giftId", event.giftId())
                            .with("giftName", event.giftName())
                            .with("tier", event.tier())
                            .with("quantity", event.quantity())
                            .with("unitCoins", event.unitCoins())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("shareBps", event.shareBps())
                            .with("combo", event.comboId())
                            .with("comboCount", event.comboCount())
                            .with("comboWindowMs", event.comboWindowMs())
                            .with("catalogueVersion", event.catalogueVersion());
            case GiftReversed event ->
                    gift(facts, event, event.coins(), event.promoCoins(), event.lots())
                            .with("giftId", event.giftId())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("sentAt", event.sentAt())
                            .with("closedCoins", event.closedCoins())
                            .with("debtLowered", event.debtLowered())
                            .with("sentPosition", event.sentPosition())
                            .with("earningsReleased", event.earningsReleased());
            case EarningsReleased event -> released(facts, event);
            case PayoutRequested event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("amountMinor", event.amountMinor());
            case PayoutApproved event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("amountMinor", event.amountMinor())
                            .with("withholdingMinor", event.withholdingMinor())
                            .with("feeMinor", event.feeMinor())
                            .with("by", event.approvedBy());
            case PayoutRejected event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("amountMinor", event.amountMinor())
                            .with("by", event.rejectedBy());
            case PayoutWithdrawn event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("amountMinor", event.amountMinor())
                            .with("withholdingMinor", event.withholdingMinor())
                            .with("feeMinor", event.feeMinor())
                            .with("by", event.withdrawnBy());
            case PayoutResolutionRequested event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("resolution", event.resolutionId())
                            .with("outcome", event.outcome().name().toLowerCase(Locale.ROOT))
                            .with("chargesMinor", event.chargesMinor())
                            .with("by", event.requestedBy());
            case PayoutSent event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("batch", event.batchId())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("amountMinor", event.amountMinor())
                            .with("withholdingMinor", event.withholdingMinor())
                            .with("feeMinor", event.feeMinor());
            case PayoutsHeld event ->
                    facts.with("creator", event.creatorId()).with("by", event.heldBy());
            case PayoutsResumed event ->
                    facts.with("creator", event.creatorId()).with("by", event.resumedBy());
            case PayoutSettled event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("netMinor", event.netMinor())
                            .with("chargesMinor", event.chargesMinor())
                            .with("bankMessage", event.bankMessageId())
                            .with("bankReason", null)
                            .with("agreedBy", event.resolvedBy());
            case PayoutFailed event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("amountMinor", event.amountMinor())
                            .with("withholdingMinor", event.withholdingMinor())
                            .with("feeMinor", event.feeMinor())
                            .with("bankMessage", event.bankMessageId())
                            .with("bankReason", event.bankReason())
                            .with("agreedBy", event.resolvedBy());
            case PayoutReturned event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("amountMinor", event.amountMinor())
                            .with("withholdingMinor", event.withholdingMinor())
                            .with("feeMinor", event.feeMinor())
                            .with("chargesMinor", event.chargesMinor())
                            .with("bankMessage", event.bankMessageId())
                            .with("bankReason", event.bankReason())
                            .with("agreedBy", event.resolvedBy());
            case FinanceEvent event -> ofFinance(facts, event);
            case PersonForgotten event ->
                    facts.with("person", event.personId()).with("by", event.forgottenBy());
            case LiveCreated event ->
                    facts.with("live", event.liveId()).with("creator", event.creatorId());
            case LiveStarted event ->
                    facts.with("live", event.liveId())
                            .with("creator", event.creatorId())
                            .with("publisher", event.publisherId());
            case LiveAway event ->
                    facts.with("live", event.liveId())
                            .with("creator", event.creatorId())
                            .with("publisher", event.publisherId());
            case LiveEnded event ->
                    facts.with("live", event.liveId())
                            .with("creator", event.creatorId())
                            .with("byCreator", event.reason() == EndReason.ENDED_BY_CREATOR);
        };
    }

    private static Facts ofFinance(Facts facts, FinanceEvent finance) {
        return switch (finance) {
            case PayoutBatchCreated event -> batch(facts, event);
            case BankMessageReceived event ->
                    facts.with("message", event.bankMessageId())
                            .with("kind", event.kind())
                            .with("reference", event.reference())
                            .with("lines", event.lines())
                            .with("by", event.receivedBy());
            case ProviderSettled event ->
                    facts.with("settlement", event.settlementId())
                            .with("account", event.account())
                            .with("reference", event.reference())
                            .with("bankMinor", event.bankMinor())
                            .with("receivableMinor", event.receivableMinor())
                            .with("commissionMinor", event.commissionMinor())
                            .with("suspenseMinor", event.suspenseMinor())
                            .with("lines", event.lines())
                            .with("by", event.settledBy());
            case AdjustmentRequested event ->
                    facts.with("adjustment", event.adjustmentId())
                            .with("debit", event.debitAccount())
                            .with("credit", event.creditAccount())
                            .with("amountMicros", event.amountMicros())
                            .with("by", event.requestedBy());
            case AdjustmentApproved event ->
                    facts.with("adjustment", event.adjustmentId())
                            .with("debit", event.debitAccount())
                            .with("credit", event.creditAccount())
                            .with("amountMicros", event.amountMicros())
                            .with("by", event.approvedBy());
            case AdjustmentRejected event ->
                    facts.with("adjustment", event.adjustmentId())
                            .with("debit", event.debitAccount())
                            .with("credit", event.creditAccount())
                            .with("amountMicros", event.amountMicros())
                            .with("by", event.rejectedBy());
            case BreakageRecognised event ->
                    facts.with("breakage", event.breakageId())
                            .with("period", event.period())
                            .with("amountMicros", event.amountMicros())
                            .with("requestedBy", event.requestedBy())
                            .with("by", event.recognisedBy());
            case PeriodClosed event ->
                    facts.with("period", event.period())
                            .with("throughPosition", event.throughPosition())
                            .with("by", event.closedBy());
        };
    }

    private static Facts batch(Facts facts, PayoutBatchCreated event) {
        Facts batch = facts.with("batch", event.batchId()).with("by", event.createdBy());
        for (int i = 0; i < event.payoutIds().size(); i++) {
            batch = batch.with("payout " + i, event.payoutIds().get(i));
        }
        return batch;
    }

    private static Facts released(Facts facts, EarningsReleased event) {
        Facts released =
                facts.with("creator", event.creatorId())
                        .with("diamonds", event.diamonds().tenThousandths())
                        .with("fromPosition", event.fromPosition())
                        .with("throughPosition", event.throughPosition())
                        .with("countedThrough", event.countedThrough());
        for (Worth worth : event.amounts()) {
            released = released.with(worth.currency(), worth.micros());
        }
        return released;
    }

    private static Facts gift(
            Facts facts, GiftEvent event, long coins, long promoCoins, List<LotShare> lots) {
        return lots(facts, lots)
                .with("gift", event.giftSendId())
                .with("viewer", event.viewerId())
                .with("live", event.liveId())
                .with("creator", event.creatorId())
                .with("coins", coins)
                .with("promoCoins", promoCoins);
    }

    private static Facts lots(Facts facts, List<LotShare> lots) {
        Facts more = facts;
        for (int i = 0; i < lots.size(); i++) {
            more =
                    more.with("lot " + i, lots.get(i).lotId())
                            .with("lot " + i + " coins", lots.get(i).coins());
        }
        return more;
    }

    private void books(LedgerState books) {
        books.totals()
                .forEach(
                        (asset, total) ->
                                expect(
                                        "debits and credits in " + asset,
                                        total.debits(),
                                        total.credits()));
        SortedMap<String, Long> balances = new TreeMap<>();
        books.accounts()
                .forEach(
                        (account, totals) -> {
                            if (account.code().startsWith("viewer:") && totals.balance() != 0) {
                                balances.put(account.code(), totals.balance());
                            }
                        });
        SortedMap<String, Long> model = new TreeMap<>();
        for (String viewer : economy.viewers()) {
            economy.coinsOf(viewer)
                    .forEach(
                            (kind, coins) -> {
                                if (coins != 0) {
                                    model.put("viewer:" + viewer + ":coin:" + kind, coins);
                                }
                            });
        }
        expect("the viewers' accounts", model, balances);
        SortedMap<String, Long> diamonds = new TreeMap<>();
        books.accounts()
                .forEach(
                        (account, totals) -> {
                            if (account.code().startsWith("creator:") && totals.balance() != 0) {
                                diamonds.put(account.code(), totals.balance());
                            }
                        });
        SortedMap<String, Long> modelDiamonds = new TreeMap<>();
        economy.diamonds()
                .forEach(
                        (creator, amounts) -> {
                            String account = "creator:" + creator + ":diamond:";
                            modelDiamonds.put(account + "pending", amounts.get(0));
                            modelDiamonds.put(account + "available", amounts.get(1));
                            modelDiamonds.put(account + "reserved", amounts.get(2));
                        });
        modelDiamonds.values().removeIf(amount -> amount == 0);
        expect("the creators' accounts", modelDiamonds, diamonds);
        SortedMap<String, Long> cash = new TreeMap<>();
        books.accounts()
                .forEach(
                        (account, totals) -> {
                            long debit = totals.debits() - totals.credits();
                            if (Economy.explainsCash(account.code()) && debit != 0) {
                                cash.put(account.code(), debit);
                            }
                        });
        expect("the accounts of money", economy.cash(), cash);
    }

    /** What creators are shown. */
    private void earnings() throws SQLException {
        SortedMap<String, List<Long>> shown = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select creator_id, pending, available, reserved, redeemed"
                                        + " from domain.creator_earnings");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                shown.put(
                        row.getString(1),
                        List.of(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
            }
        }
        SortedMap<String, List<Long>> model = new TreeMap<>(economy.diamonds());
        List<Long> nothing = List.of(0L, 0L, 0L, 0L);
        model.values().removeIf(nothing::equals);
        shown.values().removeIf(nothing::equals);
        expect("the creators' earnings", model, shown);
        SortedMap<String, Long> series = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select creator_id, sum(coins)::bigint from domain.earnings_series"
                                        + " group by creator_id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                series.put("creators " + row.getString(1), row.getLong(2));
            }
        }
        series.values().removeIf(coins -> coins == 0);
        SortedMap<String, Long> scores = new TreeMap<>();
        economy.scores()
                .forEach(
                        (score, coins) -> {
                            if (score.get(0).equals("creators")) {
                                scores.put("creators " + score.get(2), coins);
                            }
                        });
        expect("the creators' series", scores, series);
    }

    private void rankings(List<LogRecord> rows) {
        SortedMap<String, Long> sums = new TreeMap<>();
        for (LogRecord row : rows) {
            if (row.event() instanceof GiftEvent gift) {
                ScoreRules.changes(gift, row.occurredAt())
                        .forEach(
                                change ->
                                        sums.merge(
                                                change.owner().path() + " " + change.member(),
                                                change.coins(),
                                                Long::sum));
            }
        }
        sums.values().removeIf(coins -> coins == 0);
        SortedMap<String, Long> model = new TreeMap<>();
        economy.scores().forEach((score, coins) -> model.put(path(score), coins));
        expect("the rankings", model, sums);
    }

    /** A ranking and who stands in it. */
    private String path(List<Object> score) {
        String owner = text(score.get(1));
        return score.get(0) + (owner.isEmpty() ? "" : "/" + owner) + " " + text(score.get(2));
    }

    private String text(Object part) {
        return part instanceof Name name ? names.id(name).orElse(name.text()) : part.toString();
    }

    private void lives() throws SQLException {
        Map<String, String> service = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select live_id, state from domain.live");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                service.put(row.getString(1), row.getString(2));
            }
        }
        Map<String, String> model = new TreeMap<>();
        economy.livesByText().values().forEach(live -> model.put(text(live), economy.state(live)));
        expect("the list of lives", model, service);
    }
}
