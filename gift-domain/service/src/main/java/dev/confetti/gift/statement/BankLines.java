package dev.confetti.gift.statement;

import dev.confetti.gift.bank.AccountStatement;
import dev.confetti.gift.bank.BankMessage;
import dev.confetti.gift.bank.CreditTransfer;
import dev.confetti.gift.bank.CreditTransferBatch;
import dev.confetti.gift.bank.PaymentStatusReport;
import dev.confetti.gift.bank.PaymentStatusReport.Part;
import dev.confetti.gift.bank.PaymentStatusReport.Status;
import dev.confetti.gift.bank.PaymentStatusReport.TransactionStatus;
import dev.confetti.gift.bank.StatementLine;
import dev.confetti.gift.payout.Payout;
import dev.confetti.gift.payout.PayoutQueries;
import dev.confetti.gift.purchase.Money;
import dev.confetti.gift.statement.BankLine.Kind;
import dev.confetti.gift.statement.BankLine.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes from a message of the bank what it says of payouts of ours. Thread-safe. */
final class BankLines {
    private static final Pattern REASON = Pattern.compile("[A-Z0-9]{1,4}");

    private final PayoutQueries payouts;

    BankLines(PayoutQueries payouts) {
        this.payouts = payouts;
    }

    /**
     * What a message says.
     *
     * @param lines of our account, in order
     * @param payouts of ours that they name, one of each creator
     */
    record Told(List<BankLine> lines, List<Payout> payouts) {
        Told {
            lines = List.copyOf(lines);
            payouts = List.copyOf(payouts);
        }
    }

    Told of(UUID bankMessageId, BankMessage message) {
        Found found = new Found(bankMessageId);
        switch (message) {
            case PaymentStatusReport report -> found.rejected(report);
            case AccountStatement statement -> found.booked(statement);
        }
        return new Told(found.lines, List.copyOf(found.ofCreators.values()));
    }

    /** The lines of one message. */
    private final class Found {
        private final UUID bankMessageId;
        private final List<BankLine> lines = new ArrayList<>();
        private final Map<String, Payout> ofCreators = new HashMap<>();
        private final Set<UUID> rejected = new HashSet<>();

        private Found(UUID bankMessageId) {
            this.bankMessageId = bankMessageId;
        }

        /** What a report says of other transfers than rejected ones has no effect. */
        private void rejected(PaymentStatusReport report) {
            for (Part part : report.parts()) {
                for (TransactionStatus transfer : part.transactions()) {
                    if (transfer.status() != null && transfer.status().isRejected()) {
                        rejected(transfer);
                    }
                }
            }
            Optional<UUID> batchId = CreditTransferBatch.batchId(report.originalMessageId());
            if (report.isRejected()) {
                batchId.ifPresent(id -> rejectedAll(id, null, report.status()));
            }
            for (Part part : report.parts()) {
                if (part.status() != null && part.status().isRejected()) {
                    CreditTransferBatch.batchIdOfPayment(part.paymentInformationId())
                            .ifPresent(
                                    id ->
                                            rejectedAll(
                                                    id,
                                                    currency(part.paymentInformationId()),
                                                    part.status()));
                }
            }
        }

        private void rejected(TransactionStatus transfer) {
            String endToEndId = transfer.endToEndId();
            Optional<Payout> payout = payout(endToEndId);
            if (payout.isPresent()) {
                reject(payout.get(), transfer.status());
            } else {
                add(
                        "rejection|" + bankMessageId + "|" + (lines.size() + 1),
                        Kind.REJECTED,
                        null,
                        null,
                        null,
                        reason(transfer.status()),
                        "the bank's end-to-end id names no payout");
            }
        }

        /** A file, or its part of one currency, is rejected with all that it has. */
        private void rejectedAll(UUID batchId, @Nullable String currency, @Nullable Status status) {
            for (Payout payout : payouts.ofBatch(batchId)) {
                if (currency == null || payout.amount().currency().equals(currency)) {
                    reject(payout, status);
                }
            }
        }

        /** A payout is rejected once, however many messages say so. */
        private void reject(Payout payout, @Nullable Status status) {
            if (rejected.add(payout.payoutId())) {
                add(
                        "rejection|" + payout.payoutId(),
                        Kind.REJECTED,
                        payout,
                        null,
                        null,
                        reason(status),
                        null);
            }
        }

        private void booked(AccountStatement message) {
            for (AccountStatement.Statement statement : message.statements()) {
                String account = statement.account() == null ? "" : statement.account().text();
                for (StatementLine line : statement.lines()) {
                    if (line.isBooked()) {
                        booked(account, line);
                    }
                }
            }
        }

        private void booked(String account, StatementLine line) {
            String reference = account + "|" + line.reference();
            Kind kind =
                    switch (line.direction()) {
                        case DEBIT -> Kind.DEBITED;
                        case CREDIT -> Kind.CREDITED;
                    };
            Money amount = new Money(line.amountMinor(), line.currency());
            Optional<Payout> payout = payout(line.endToEndId());
            List<Payout> together = bookedTogether(line);
            if (!together.isEmpty()) {
                for (Payout each : together) {
                    add(
                            reference + "|" + each.payoutId(),
                            kind,
                            each,
                            each.net(),
                            line,
                            null,
                            null);
                }
                return;
            }
            StatementLine.Return back = line.returned();
            add(
                    reference,
                    kind,
                    payout.orElse(null),
                    amount,
                    line,
                    back == null ? null : reason(back.reasonCode()),
                    payout.isPresent() ? null : "it names no payout");
        }

        /** Some banks take all of a file's currency in one sum, whatever the file asks for. */
        private List<Payout> bookedTogether(StatementLine line) {
            String part = line.paymentInformationId();
            if (part == null
                    || line.endToEndId() != null
                    || line.direction() != StatementLine.Direction.DEBIT) {
                return List.of();
            }
            List<Payout> all =
                    CreditTransferBatch.batchIdOfPayment(part).stream()
                            .flatMap(batchId -> payouts.ofBatch(batchId).stream())
                            .filter(payout -> payout.amount().currency().equals(line.currency()))
                            .filter(payout -> !payout.status().equals("failed"))
                            .toList();
            long sum =
                    all.stream()
                            .map(Payout::net)
                            .mapToLong(net -> net == null ? 0 : net.amountMinor())
                            .sum();
            return sum == line.amountMinor() ? all : List.of();
        }

        private Optional<Payout> payout(@Nullable String endToEndId) {
            return endToEndId == null
                    ? Optional.empty()
                    : CreditTransfer.payoutId(endToEndId).flatMap(payouts::find);
        }

        private void add(
                String reference,
                Kind kind,
                @Nullable Payout payout,
                @Nullable Money amount,
                @Nullable StatementLine line,
                @Nullable String bankReason,
                @Nullable String why) {
            if (payout != null) {
                ofCreators.putIfAbsent(payout.creatorId(), payout);
            }
            lines.add(
                    new BankLine(
                            bankMessageId,
                            lines.size() + 1,
                            reference,
                            kind,
                            payout == null ? null : payout.payoutId(),
                            amount,
                            amount == null || line == null ? 0 : chargesMinor(amount, line),
                            line != null && line.returned() != null,
                            line != null && line.reversal(),
                            line == null ? null : line.bookingDate(),
                            bankReason,
                            payout == null ? State.UNMATCHED : State.WAITING,
                            why));
        }
    }

    /** Of the booking of one payout; what is booked together names no charges of each. */
    private static long chargesMinor(Money amount, StatementLine line) {
        return amount.amountMinor() == line.amountMinor() ? line.includedChargesMinor() : 0;
    }

    private static String currency(String paymentInformationId) {
        return paymentInformationId.substring(paymentInformationId.length() - 3);
    }

    private static @Nullable String reason(@Nullable Status status) {
        return status == null ? null : reason(status.reasonCode());
    }

    /** A bank's own words may be anything, also a name: only a code is kept. */
    private static @Nullable String reason(@Nullable String code) {
        return code != null && REASON.matcher(code).matches() ? code : null;
    }
}
