package dev.confetti.gift.payout;

import dev.confetti.events.EventIds;
import dev.confetti.events.FinanceEvent.PayoutBatchCreated;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.aggregate.Together;
import dev.confetti.gift.bank.CreditTransfer;
import dev.confetti.gift.bank.CreditTransferBatch;
import dev.confetti.gift.bank.CreditTransferInitiation;
import dev.confetti.gift.bank.Debtor;
import dev.confetti.gift.bank.Iban;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.earning.CreatorCommand.SendPayout;
import dev.confetti.gift.earning.CreatorDecision;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts approved payouts together for the bank. The batch claims them first; then each is marked as
 * sent, by whoever comes to it: who breaks off in between leaves nothing half done.
 */
public final class PayoutBatches {
    /** The stream type of batches; each has one event, named after it. */
    public static final String STREAM_TYPE = "payout-batch";

    private static final String OPERATION = "create-payout-batch";

    /** Their ids must fit into one event. */
    private static final int MOST_PAYOUTS = 2_000;

    private static final int MOST_LOOKS = 100;

    private final PayoutBatchQueries batches;
    private final PayoutQueries payouts;
    private final Destinations destinations;
    private final Creators creators;
    private final EventLog log;
    private final OnceOnly onceOnly;
    private final @Nullable Debtor debtor;
    private final Together together;
    private final InstantSource clock;
    private final CreditTransferInitiation files = new CreditTransferInitiation();

    /**
     * @param debtor the account that is paid from; without one no batch is made
     * @param together how many payouts are marked as sent at a time
     */
    public PayoutBatches(
            PayoutBatchQueries batches,
            PayoutQueries payouts,
            Destinations destinations,
            Creators creators,
            EventLog log,
            OnceOnly onceOnly,
            @Nullable Debtor debtor,
            Together together,
            InstantSource clock) {
        this.batches = batches;
        this.payouts = payouts;
        this.destinations = destinations;
        this.creators = creators;
        this.log = log;
        this.onceOnly = onceOnly;
        this.debtor = debtor;
        this.together = together;
        this.clock = clock;
    }

    /** Puts together what is approved and not held, the oldest first. */
    public Answer<PayoutBatch> create(String staffId, IdempotencyKey key) {
        UUID batchId = EventIds.of(staffId, OPERATION, key.value());
        Answer<UUID> created =
                onceOnly.answer(
                        new OnceOnly.Request<UUID>() {
                            @Override
                            public UUID eventId() {
                                return batchId;
                            }

                            // A repeat must not look for other payouts.
                            @Override
                            public boolean reachesOutside() {
                                return true;
                            }

                            @Override
                            public Map<String, String> texts() {
                                return Map.of();
                            }

                            @Override
                            public UUID perform() {
                                return claim(batchId, staffId);
                            }

                            @Override
                            public boolean isSameAs(LogRecord recorded, Map<String, String> words) {
                                return recorded.event() instanceof PayoutBatchCreated;
                            }

                            @Override
                            public UUID answerAgain(LogRecord recorded) {
                                return recorded.eventId();
                            }
                        });
        finish(batchId);
        return new Answer<>(require(batchId.toString()), created.repeated());
    }

    private UUID claim(UUID batchId, String staffId) {
        if (debtor == null) {
            throw new RefusedException(
                    ProblemType.BANK_ACCOUNT_MISSING,
                    "no account is set up that payouts are paid from: expected the operator to"
                            + " set confetti.bank.name and confetti.bank.iban");
        }
        for (int look = 1; look <= MOST_LOOKS; look++) {
            List<UUID> payoutIds =
                    payouts.toSend(MOST_PAYOUTS).stream().map(Payout::payoutId).toList();
            if (payoutIds.isEmpty()) {
                throw new RefusedException(
                        ProblemType.NOTHING_TO_PAY,
                        "expected an approved payout that is in no batch and whose creator is not"
                                + " held, there is none");
            }
            try {
                PayoutBatchCreated event = new PayoutBatchCreated(batchId, payoutIds, staffId);
                log.append(List.of(NewEvent.alone(batchId, STREAM_TYPE, event, clock.instant())));
                return batchId;
            } catch (OutdatedAppendException anotherWasFaster) {
                // Another batch has some of them, or a creator is held by now.
            }
        }
        throw new LogUnavailableException(
                "the approved payouts changed " + MOST_LOOKS + " times under one batch",
                false,
                null);
    }

    /** Marks those of a batch as sent that are not. */
    void finish(UUID batchId) {
        together.run(
                payouts.ofBatch(batchId).stream()
                        .filter(payout -> payout.status().equals("approved"))
                        .map(payout -> (Runnable) () -> send(payout, batchId))
                        .toList());
    }

    /** Finishes the batches that somebody broke off in. */
    public void finishAll() {
        batches.unfinished().forEach(this::finish);
    }

    private void send(Payout payout, UUID batchId) {
        UUID eventId = EventIds.of("confetti", "send-payout", payout.payoutId().toString());
        try {
            CreatorDecision decision =
                    creators.perform(
                            new SendPayout(
                                    eventId,
                                    clock.instant(),
                                    payout.creatorId(),
                                    payout.payoutId(),
                                    batchId));
            if (!(decision instanceof CreatorDecision.Accepted) && log.find(eventId).isEmpty()) {
                throw new IllegalStateException(
                        "payout "
                                + payout.payoutId()
                                + " of batch "
                                + batchId
                                + ": expected to be sent, "
                                + decision);
            }
        } catch (DuplicateEventException anotherWasFaster) {
            // It is sent.
        }
    }

    /** A batch. */
    public PayoutBatch require(String batchId) {
        return find(batchId)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_PAYOUT_BATCH,
                                        "payout batch \""
                                                + batchId
                                                + "\": expected the id of one"));
    }

    private Optional<PayoutBatch> find(String batchId) {
        return PathIds.uuid(batchId).flatMap(batches::find);
    }

    /** Batches, latest first. */
    public Page<PayoutBatch> page(PageRequest page) {
        return Page.of(batches.page(page.before(), page.limit() + 1), page, PayoutBatch::position);
    }

    /** The batch as pain.001.001.09; the same bytes each time. */
    public byte[] file(String batchId) {
        PayoutBatch batch = require(batchId);
        if (!batch.isSent()) {
            throw new RefusedException(
                    ProblemType.UNAVAILABLE,
                    "payout batch "
                            + batchId
                            + " is still being sent: expected a moment's patience");
        }
        if (debtor == null) {
            throw new RefusedException(
                    ProblemType.BANK_ACCOUNT_MISSING,
                    "no account is set up that payouts are paid from");
        }
        List<Payout> paid = payouts.ofBatch(batch.batchId());
        Map<UUID, Payout.Destination> accounts =
                destinations.of(paid.stream().map(Payout::payoutId).toList());
        List<CreditTransfer> transfers = new ArrayList<>(paid.size());
        for (Payout payout : paid) {
            transfers.add(transfer(batch, payout, accounts.get(payout.payoutId())));
        }
        return files.write(
                new CreditTransferBatch(
                        batch.batchId(),
                        batch.createdAt(),
                        LocalDate.ofInstant(batch.createdAt(), ZoneOffset.UTC),
                        debtor,
                        transfers));
    }

    private static CreditTransfer transfer(
            PayoutBatch batch, Payout payout, Payout.@Nullable Destination account) {
        if (account == null || payout.net() == null) {
            throw new RefusedException(
                    ProblemType.PAYOUT_BATCH_INCOMPLETE,
                    "payout "
                            + payout.payoutId()
                            + " of batch "
                            + batch.batchId()
                            + ": its account is known no longer, expected a file that was made"
                            + " before");
        }
        return new CreditTransfer(
                payout.payoutId(),
                payout.net().amountMinor(),
                payout.net().currency(),
                account.name(),
                new Iban(account.iban()));
    }
}
