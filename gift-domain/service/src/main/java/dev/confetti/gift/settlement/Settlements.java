package dev.confetti.gift.settlement;

import dev.confetti.events.EventIds;
import dev.confetti.events.FiatAccounts;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.PaymentProviders;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records what providers say that they paid. Thread-safe. */
public final class Settlements {
    private static final String STREAM_TYPE = "settlement";

    private final PaymentProviders providers;
    private final ProviderMovements movements;
    private final SettlementTable table;
    private final SettlementTurn turn;
    private final SettledMarks marks;
    private final EventLog log;
    private final OnceOnly onceOnly;
    private final InstantSource clock;

    public Settlements(
            GiftDatabase database,
            PaymentProviders providers,
            ProviderMovements movements,
            SettlementTable table,
            EventLog log,
            OnceOnly onceOnly,
            InstantSource clock) {
        this.providers = providers;
        this.movements = movements;
        this.table = table;
        this.turn = new SettlementTurn(database);
        this.marks = new SettledMarks(database);
        this.log = log;
        this.onceOnly = onceOnly;
        this.clock = clock;
    }

    /**
     * What a file led to.
     *
     * @param settlements one for each payment and currency in it
     * @param isNew whether any of them was not recorded before
     */
    public record Recorded(List<Settlement> settlements, boolean isNew) {}

    /**
     * Records a file. Whoever hands the same in again, whole or in parts, changes nothing.
     *
     * @param csv as of {@link Reports}; read as it comes
     * @throws RefusedException {@code malformed-request}: then nothing is recorded; {@code
     *     unknown-provider}; {@code settlement-differs}; {@code settlement-out-of-range}
     * @throws IOException when the file cannot be read to its end: nothing is recorded
     */
    public Recorded record(String staffId, String provider, InputStream csv) throws IOException {
        List<ReportLine> lines = Reports.read(csv);
        if (!providers.isKnown(provider) && !movements.hasAny(provider)) {
            throw new RefusedException(
                    ProblemType.UNKNOWN_PROVIDER,
                    "provider \"" + provider + "\": expected one through whom coins were bought");
        }
        List<Settlement> settlements = new ArrayList<>();
        boolean isNew = false;
        for (Report report : Report.of(lines)) {
            Answer<UUID> answer = onceOnly.answer(new Settling(staffId, provider, report));
            isNew |= !answer.repeated();
            settlements.add(require(answer.body().toString()));
        }
        marks.catchUp();
        return new Recorded(settlements, isNew);
    }

    private final class Settling implements OnceOnly.Request<UUID> {
        private final String staffId;
        private final String provider;
        private final Report report;
        private final String linesSha256;

        private Settling(String staffId, String provider, Report report) {
            this.staffId = staffId;
            this.provider = provider;
            this.report = report;
            this.linesSha256 = report.sha256();
        }

        /** It is named after the provider's own name of it. */
        @Override
        public UUID eventId() {
            return EventIds.of(
                    "provider:" + provider,
                    "settle-provider",
                    report.currency() + "/" + report.reference());
        }

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
            try {
                return turn.take(this::settle);
            } catch (OutdatedAppendException e) {
                // Its claims were taken over: this session was given up for dead.
                throw new RefusedException(
                        ProblemType.UNAVAILABLE,
                        "Another settlement came between; hand the report in again");
            }
        }

        private UUID settle(Connection connection) throws SQLException {
            if (SettlementTable.isRecorded(connection, eventId())) {
                throw new DuplicateEventException(eventId());
            }
            SettledSums sums = SettlementLines.put(connection, eventId(), provider, report);
            ProviderSettled event = event(sums);
            log.append(List.of(NewEvent.alone(eventId(), STREAM_TYPE, event, clock.instant())));
            return eventId();
        }

        private ProviderSettled event(SettledSums sums) {
            return new ProviderSettled(
                    eventId(),
                    FiatAccounts.receivableFrom(provider),
                    provider,
                    report.reference(),
                    report.currency(),
                    sums.bankMinor(),
                    sums.receivableMinor(),
                    sums.commissionMinor(),
                    sums.suspenseMinor(),
                    sums.lines(),
                    linesSha256,
                    staffId);
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            if (recorded.event() instanceof ProviderSettled settled
                    && settled.linesSha256().equals(linesSha256)) {
                return true;
            }
            throw new RefusedException(
                    ProblemType.SETTLEMENT_DIFFERS,
                    "settlement \""
                            + report.reference()
                            + "\" of "
                            + provider
                            + " in "
                            + report.currency()
                            + " was recorded at position "
                            + recorded.position()
                            + " with other lines; expected the same ones, or another reference for"
                            + " what the provider corrected",
                    Map.of("position", recorded.position()));
        }

        @Override
        public UUID answerAgain(LogRecord recorded) {
            return recorded.eventId();
        }
    }

    /**
     * A settlement.
     *
     * @throws RefusedException {@code unknown-settlement}
     */
    public Settlement require(String id) {
        return PathIds.uuid(id)
                .flatMap(table::find)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_SETTLEMENT,
                                        "settlement \"" + id + "\": expected the id of one"));
    }

    /**
     * Settlements, latest first.
     *
     * @param provider whose; null: anybody's
     */
    public Page<Settlement> page(@Nullable String provider, PageRequest page) {
        return Page.of(
                table.page(provider, page.before(), page.limit() + 1), page, Settlement::position);
    }

    /**
     * Lines of a settlement, in their order.
     *
     * @param onlyOdd whether those that are as booked are left out
     */
    public Page<ShownLine> lines(String id, boolean onlyOdd, PageRequest page) {
        // Cursors count downward.
        long after = page.before() == Long.MAX_VALUE ? 0 : -page.before();
        return Page.of(
                table.lines(require(id).settlementId(), after, onlyOdd, page.limit() + 1),
                page,
                line -> -line.line());
    }
}
