package dev.confetti.simulation.world;

import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.finance.Adjustments;
import dev.confetti.gift.finance.Breakages;
import dev.confetti.gift.finance.PeriodTable.Closed;
import dev.confetti.gift.finance.RequestAdjustmentRequest;
import dev.confetti.gift.finance.RequestBreakageRequest;
import dev.confetti.gift.finance.RequestRevaluationRequest;
import dev.confetti.gift.finance.Revaluations;
import dev.confetti.gift.finance.ShownRevaluation;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.payout.PayoutResolutions;
import dev.confetti.gift.payout.RequestResolutionRequest;
import dev.confetti.gift.people.People.Forgotten;
import dev.confetti.gift.settlement.Settlement;
import dev.confetti.gift.settlement.Settlements.Recorded;
import dev.confetti.gift.statement.BankDesk.Told;
import dev.confetti.gift.statement.BankLine;
import dev.confetti.simulation.model.Command.Agree;
import dev.confetti.simulation.model.Command.DecideAdjustment;
import dev.confetti.simulation.model.Command.DecideBreakage;
import dev.confetti.simulation.model.Command.DecideRevaluation;
import dev.confetti.simulation.model.Command.Forget;
import dev.confetti.simulation.model.Command.HandInReport;
import dev.confetti.simulation.model.Command.RequestAdjustment;
import dev.confetti.simulation.model.Command.RequestBreakage;
import dev.confetti.simulation.model.Command.RequestRevaluation;
import dev.confetti.simulation.model.Command.Resolve;
import dev.confetti.simulation.model.Command.TellBank;
import dev.confetti.simulation.model.Facts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Locale;

/** What staff do about money and persons, as calls to one instance. */
final class BackOffice {
    private static final int PLACES = 6;

    private final Service service;
    private final Names names;

    BackOffice(Service service, Names names) {
        this.service = service;
        this.names = names;
    }

    Facts tell(TellBank tell) {
        Answer<Told> answer =
                service.bankDesk.receive(
                        tell.by(),
                        BankFile.of(tell, payout -> names.idOrText(payout).replace("-", "")));
        Facts facts = Answers.done(answer).with("message", answer.body().message().bankMessageId());
        int i = 0;
        for (BankLine line : answer.body().lines()) {
            facts =
                    facts.with(i + ".kind", lower(line.kind()))
                            .with(i + ".payout", line.payoutId())
                            .with(i + ".state", lower(line.state()))
                            .with(i + ".message", line.bankMessageId());
            i++;
        }
        return facts;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    Facts lookAtBankLines() {
        service.bankDesk.lookAgain();
        return new Facts("done");
    }

    Facts handIn(HandInReport report) {
        Recorded recorded = recorded(report);
        Settlement settlement = recorded.settlements().getFirst();
        return new Facts("done")
                .with("isNew", recorded.isNew())
                .with("settlement", settlement.settlementId())
                .with("bankMinor", settlement.bank().amountMinor())
                .with("receivableMinor", settlement.receivable().amountMinor())
                .with("commissionMinor", settlement.commission().amountMinor())
                .with("suspenseMinor", settlement.suspense().amountMinor())
                .with("lines", settlement.lines());
    }

    private Recorded recorded(HandInReport report) {
        byte[] file = ReportFile.of(report.reference(), report.lines(), names);
        try {
            return service.settlements.record(
                    report.by(), "sandbox", new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes at hand cannot be read", e);
        }
    }

    Facts resolve(Resolve resolve) {
        Answer<PayoutResolutions.Requested> answer =
                service.resolutions.request(
                        resolve.caller(),
                        IdempotencyKey.of(resolve.key()),
                        names.idOrText(resolve.payout()),
                        new RequestResolutionRequest(
                                resolve.outcome(), resolve.chargesMinor(), resolve.reason()));
        return Answers.done(answer)
                .with("resolution", answer.body().resolutionId())
                .with("status", answer.body().status());
    }

    Facts agree(Agree agree) {
        return new Facts("done")
                .with(
                        "status",
                        service.resolutions
                                .approve(
                                        agree.by(),
                                        names.idOrText(agree.payout()),
                                        names.idOrText(agree.resolution()))
                                .status());
    }

    Facts request(RequestAdjustment request) {
        Answer<Adjustments.Requested> answer =
                service.adjustments.request(
                        request.caller(),
                        IdempotencyKey.of(request.key()),
                        new RequestAdjustmentRequest(
                                request.debit(),
                                request.credit(),
                                decimal(request.amountMicros()),
                                "USD",
                                request.reason()));
        return Answers.done(answer)
                .with("adjustment", answer.body().adjustmentId())
                .with("status", answer.body().status());
    }

    Facts decide(DecideAdjustment decide) {
        String id = names.idOrText(decide.adjustment());
        return new Facts("done")
                .with(
                        "status",
                        (decide.approve()
                                        ? service.adjustments.approve(decide.by(), id)
                                        : service.adjustments.reject(decide.by(), id, "why"))
                                .status());
    }

    Facts request(RequestBreakage request) {
        Answer<Breakages.Requested> answer =
                service.breakages.request(
                        request.caller(),
                        IdempotencyKey.of(request.key()),
                        new RequestBreakageRequest(
                                request.period().toString(),
                                "USD",
                                decimal(request.amountMicros()),
                                request.reason()));
        return Answers.done(answer)
                .with("breakage", answer.body().breakageId())
                .with("status", answer.body().status());
    }

    private static String decimal(long micros) {
        return BigDecimal.valueOf(micros, PLACES).toPlainString();
    }

    Facts decide(DecideBreakage decide) {
        String id = names.idOrText(decide.breakage());
        return new Facts("done")
                .with(
                        "status",
                        (decide.approve()
                                        ? service.breakages.approve(decide.by(), id)
                                        : service.breakages.reject(decide.by(), id))
                                .status());
    }

    Facts request(RequestRevaluation request) {
        Answer<Revaluations.Requested> answer =
                service.revaluations.request(
                        request.caller(),
                        IdempotencyKey.of(request.key()),
                        new RequestRevaluationRequest(
                                request.currency(),
                                request.rateMicros(),
                                request.reason(),
                                request.creator()));
        return Answers.done(answer)
                .with("revaluation", answer.body().revaluationId())
                .with("status", answer.body().status());
    }

    Facts decide(DecideRevaluation decide) {
        String id = names.idOrText(decide.revaluation());
        ShownRevaluation shown =
                decide.approve()
                        ? service.revaluations.approve(decide.by(), id)
                        : service.revaluations.reject(decide.by(), id);
        return new Facts("done").with("status", shown.status()).with("creators", shown.creators());
    }

    Facts finishRevaluations() {
        service.revaluationWork.goOn();
        return new Facts("done");
    }

    Facts close(String by, YearMonth month) {
        Closed closed = service.periods.close(by, month.toString());
        return new Facts("done")
                .with("period", closed.period())
                .with("throughPosition", closed.throughPosition())
                .with("by", closed.closedBy());
    }

    Facts forget(Forget forget) {
        Forgotten forgotten = service.people.forget(forget.person(), forget.by());
        return new Facts("done")
                .with("person", forgotten.personId())
                .with("forgottenAt", forgotten.forgottenAt())
                .with("recordsKept", forgotten.payoutRecordsKept())
                .with("keptUntil", forgotten.keptUntil());
    }
}
