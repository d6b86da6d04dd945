package dev.confetti.simulation;

import dev.confetti.simulation.model.BankTells;
import dev.confetti.simulation.model.BankTells.Booked;
import dev.confetti.simulation.model.BankTells.Booked.As;
import dev.confetti.simulation.model.BankTells.Rejected;
import dev.confetti.simulation.model.Command;
import dev.confetti.simulation.model.Command.Agree;
import dev.confetti.simulation.model.Command.CloseMonth;
import dev.confetti.simulation.model.Command.DecideAdjustment;
import dev.confetti.simulation.model.Command.DecideBreakage;
import dev.confetti.simulation.model.Command.DecidePayout;
import dev.confetti.simulation.model.Command.DecideRevaluation;
import dev.confetti.simulation.model.Command.FinishBatches;
import dev.confetti.simulation.model.Command.FinishRevaluations;
import dev.confetti.simulation.model.Command.HandInReport;
import dev.confetti.simulation.model.Command.HoldPayouts;
import dev.confetti.simulation.model.Command.LookAtBankLines;
import dev.confetti.simulation.model.Command.RequestAdjustment;
import dev.confetti.simulation.model.Command.RequestBreakage;
import dev.confetti.simulation.model.Command.RequestPayout;
import dev.confetti.simulation.model.Command.RequestRevaluation;
import dev.confetti.simulation.model.Command.Resolve;
import dev.confetti.simulation.model.Command.SendBatch;
import dev.confetti.simulation.model.Command.Settle;
import dev.confetti.simulation.model.Command.TellBank;
import dev.confetti.simulation.model.Command.WithdrawPayout;
import dev.confetti.simulation.model.Economy;
import dev.confetti.simulation.model.Name;
import dev.confetti.simulation.model.ReportLine;
import dev.confetti.simulation.world.Names;
import dev.confetti.simulation.world.Time;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** What creators want paid, and what staff, bank and provider do about money; drawn at random. */
final class FinanceScript {
    private static final List<String> ACCOUNTS =
            List.of(
                    "1010:bank",
                    "1020:receivable:psp",
                    "2300:suspense",
                    "5090:adjustments",
                    "2010:contract-liability");
    private static final int DISPUTE_FEE_MINOR = 1_500;

    private final Random random;
    private final Economy economy;
    private final Names names;
    private final Time time;
    private final Supplier<String> keys;
    private final List<TellBank> toldBefore = new ArrayList<>();
    private final List<HandInReport> reportedBefore = new ArrayList<>();

    FinanceScript(Random random, Economy economy, Names names, Time time, Supplier<String> keys) {
        this.random = random;
        this.economy = economy;
        this.names = names;
        this.time = time;
        this.keys = keys;
    }

    Command ofPayout() {
        // Left to chance few payouts would come to their end.
        return random.nextInt(3) > 0 ? onward() : anyhow();
    }

    /** What brings a payout on its way. */
    private Command onward() {
        List<Command> next = new ArrayList<>();
        for (String creator : Script.CREATORS) {
            long whole = economy.availableDiamonds(creator);
            if (whole > 0) {
                next.add(new RequestPayout(creator, keys.get(), 1 + random.nextLong(whole)));
            }
        }
        List<Name> requested = economy.payoutsIn("requested");
        if (!requested.isEmpty()) {
            next.add(new DecidePayout(payout(requested), one(Script.STAFF), random.nextInt(5) > 0));
        }
        if (!economy.payoutsIn("approved").isEmpty()) {
            next.add(new SendBatch(one(Script.STAFF), keys.get()));
        }
        if (!economy.payoutsIn("sent").isEmpty() || !economy.payoutsIn("settled").isEmpty()) {
            next.add(random.nextInt(4) == 0 ? byPeople() : ofBank());
            next.add(ofBank());
        }
        return next.isEmpty() ? new Settle() : one(next);
    }

    /** What people say of payouts at the bank. */
    private Command byPeople() {
        if (random.nextInt(3) == 0 || economy.resolutions().isEmpty()) {
            return new Resolve(
                    random.nextInt(8) == 0 ? one(Script.CREATORS) : one(Script.STAFF),
                    keys.get(),
                    atBank(),
                    one(List.of("settled", "failed", "returned")),
                    0,
                    one(List.of("a letter", "by phone")));
        }
        Name resolution = known(economy.resolutions(), 7, 20);
        Name latest = economy.resolutions().getLast();
        Name meant = random.nextBoolean() ? latest : resolution;
        return new Agree(
                random.nextInt(20) == 0 ? atBank() : economy.payoutOf(meant),
                meant,
                random.nextInt(8) == 0 ? one(Script.CREATORS) : one(Script.STAFF));
    }

    private Command anyhow() {
        return switch (random.nextInt(18)) {
            case 0, 1, 2, 3 ->
                    new RequestPayout(one(Script.CREATORS), keys.get(), 1 + random.nextInt(60));
            case 4, 5 -> new SendBatch(one(Script.STAFF), keys.get());
            case 6 ->
                    random.nextInt(3) == 0
                            ? new FinishBatches()
                            : new HoldPayouts(
                                    one(Script.CREATORS),
                                    one(Script.STAFF),
                                    random.nextInt(4) == 0);
            case 7, 8, 9 -> ofBank();
            case 10 -> withdrawal();
            case 11, 12 -> byPeople();
            default ->
                    new DecidePayout(
                            payout(economy.payouts()),
                            random.nextInt(6) == 0 ? one(Script.CREATORS) : one(Script.STAFF),
                            random.nextInt(4) > 0);
        };
    }

    private Command ofBank() {
        if (random.nextInt(6) == 0) {
            return new LookAtBankLines();
        }
        if (random.nextInt(5) == 0 && !toldBefore.isEmpty()) {
            TellBank before = one(toldBefore);
            return new TellBank(one(Script.STAFF), before.reference(), before.lines());
        }
        List<BankTells> lines = new ArrayList<>();
        boolean isReport = random.nextInt(4) == 0;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            lines.add(isReport ? new Rejected(atBank()) : booked());
        }
        TellBank tell = new TellBank(one(Script.STAFF), "MSG" + random.nextInt(1_000), lines);
        toldBefore.add(tell);
        return tell;
    }

    private Booked booked() {
        boolean back = random.nextInt(3) == 0;
        Name payout = atBank();
        long net = economy.netMinor(payout);
        long odd = random.nextInt(8) == 0 ? random.nextInt(3) - 1 : 0;
        As as =
                back
                        ? one(List.of(As.RETURN, As.RETURN, As.REVERSAL, As.PAYMENT))
                        : random.nextInt(8) == 0 ? one(List.of(As.values())) : As.PAYMENT;
        long charges = back && net > 0 && random.nextBoolean() ? random.nextLong(net) : 0;
        LocalDate today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
        return new Booked(
                payout,
                back,
                as,
                Math.max(1, net - charges + odd),
                "R" + random.nextInt(2) + payout.text().replaceAll("[^0-9]", ""),
                random.nextInt(10) == 0 ? today.minusDays(1) : today);
    }

    /** Mostly one that is with the bank. */
    private Name atBank() {
        List<Name> there = economy.payoutsIn(random.nextInt(3) > 0 ? "sent" : "settled");
        return payout(there.isEmpty() || random.nextInt(8) == 0 ? economy.payouts() : there);
    }

    /** One that was approved, mostly of the status. */
    private Command withdrawal() {
        return new WithdrawPayout(
                payout(random.nextInt(3) > 0 ? economy.payoutsIn("approved") : economy.payouts()),
                random.nextInt(6) == 0 ? one(Script.CREATORS) : one(Script.STAFF));
    }

    private Name payout(List<Name> among) {
        return known(among, 4, 20);
    }

    /** One that has an id; rarely, or where there is none, one that nobody has. */
    private Name known(List<Name> among, int nobody, int rarely) {
        List<Name> known = among.stream().filter(each -> names.id(each).isPresent()).toList();
        return random.nextInt(rarely) == 0 || known.isEmpty()
                ? new Name(new UUID(1, nobody).toString())
                : one(known);
    }

    /** Books, months, reports of the provider. */
    Command ofBooks() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> report();
            case 12, 13, 14, 15 -> ofRates();
            case 4, 5 ->
                    new RequestAdjustment(
                            one(Script.STAFF),
                            keys.get(),
                            one(ACCOUNTS.subList(0, 2)),
                            one(ACCOUNTS.subList(2, ACCOUNTS.size())),
                            1 + random.nextInt(5_000_000),
                            one(List.of("rounding", "mistake")));
            case 6, 7 ->
                    new DecideAdjustment(
                            known(economy.adjustments(), 5, 20),
                            one(Script.STAFF),
                            random.nextInt(3) > 0);
            case 8 ->
                    new RequestBreakage(
                            one(Script.STAFF),
                            keys.get(),
                            month(),
                            random.nextInt(4) > 0
                                    ? 1 + random.nextInt(4_000_000)
                                    : -1 - random.nextInt(4_000_000),
                            one(List.of("cohort", "survey")));
            case 9 ->
                    new DecideBreakage(
                            known(economy.estimates(), 6, 20),
                            one(Script.STAFF),
                            random.nextInt(3) > 0);
            default -> new CloseMonth(one(Script.STAFF), month());
        };
    }

    private Command ofRates() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                    new RequestRevaluation(
                            random.nextInt(10) == 0 ? one(Script.CREATORS) : one(Script.STAFF),
                            keys.get(),
                            random.nextInt(3) == 0 ? one(Script.CREATORS) : null,
                            // In another currency nobody is paid.
                            random.nextInt(4) == 0 ? "EUR" : "USD",
                            1 + random.nextInt(3),
                            one(List.of("new rates", "mistake")));
            case 3 -> new FinishRevaluations();
            default ->
                    new DecideRevaluation(
                            known(economy.revaluations(), 8, 20),
                            random.nextInt(10) == 0 ? one(Script.CREATORS) : one(Script.STAFF),
                            random.nextInt(6) > 0);
        };
    }

    private YearMonth month() {
        YearMonth now = YearMonth.from(time.instant().atZone(ZoneOffset.UTC));
        return now.plusMonths(random.nextInt(6) == 0 ? 1 : -random.nextInt(3));
    }

    private HandInReport report() {
        if (random.nextInt(5) == 0 && !reportedBefore.isEmpty()) {
            HandInReport before = one(reportedBefore);
            List<ReportLine> lines = new ArrayList<>(before.lines());
            if (random.nextInt(3) == 0) {
                lines.add(new ReportLine("fee", new Name(""), "", 0, 1));
            }
            return new HandInReport(one(Script.STAFF), before.reference(), lines.reversed());
        }
        List<ReportLine> lines = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            lines.add(reportLine());
        }
        HandInReport report =
                new HandInReport(one(Script.STAFF), "po_" + random.nextInt(200), lines);
        reportedBefore.add(report);
        return report;
    }

    private ReportLine reportLine() {
        Name purchase = known(economy.purchases(), 3, 20);
        long price = economy.priceMinor(purchase) + (random.nextInt(8) == 0 ? 1 : 0);
        long fee = economy.commissionMinor(purchase) + (random.nextInt(8) == 0 ? 2 : 0);
        String dispute = Script.dispute(random, purchase);
        return switch (random.nextInt(12)) {
            case 0 -> new ReportLine("fee", new Name(""), "", 0, random.nextInt(500) - 100L);
            case 1 -> new ReportLine("other", new Name(""), "", random.nextInt(500) - 200L, 0);
            case 2, 3 -> new ReportLine("refund", purchase, "", -price, -fee);
            case 4, 5 ->
                    new ReportLine("chargeback", new Name(""), dispute, -price, DISPUTE_FEE_MINOR);
            case 6 -> new ReportLine("chargeback-won", new Name(""), dispute, price, 0);
            default -> new ReportLine("purchase", purchase, "", price, fee);
        };
    }

    private <T> T one(List<T> among) {
        return Script.one(random, among);
    }
}
