package dev.confetti.platform;

import dev.confetti.board.audit.BoardAudit;
import dev.confetti.board.audit.BoardAuditResult;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.events.LogReader;
import dev.confetti.gift.log.LogVerifier;
import dev.confetti.gift.wallet.SnapshotAudit;
import dev.confetti.ledger.LedgerAudit;
import dev.confetti.ledger.LedgerAuditReport;
import dev.confetti.ledger.LedgerExpectation;
import java.io.PrintStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The conservation check over event log, ledger and boards, at one position of the log.
 *
 * <p>Three independent ways must come to the same figures: the coins that a plain sum over the log
 * says are left with viewers, the postings that the rules derive from the log, and what the ledger
 * stored; the boards are compared with sums of their own.
 */
final class Audit {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_DIFFERENCES = 20;

    private final PGSimpleDataSource database;
    private final URI redis;
    private boolean holds = true;

    Audit(PostgresEndpoint postgres, URI redis) {
        this.database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        this.redis = redis;
    }

    /** Compares, prints what was compared, and says whether all of it holds. */
    boolean run(PrintStream out) throws SQLException, InterruptedException {
        LogReader log = new LogReader(database);
        long head = log.head();
        out.printf("event log: head at position %d%n", head);
        LogVerifier.Report chain = new LogVerifier(database).verify();
        line(
                out,
                "event log: gapless, times in order, hash chain",
                chain.fault().map(fault -> List.of(fault.toString())).orElse(List.of()),
                chain.rows() + " rows, head " + chain.headHash());
        SnapshotAudit snapshots = SnapshotAudit.of(database, log, head);
        line(
                out,
                "wallets: snapshots are what the log says",
                snapshots.differences(),
                snapshots.compared() + " snapshots");
        ledger(out, log, head);
        DiamondCount.Compared earnings = DiamondCount.shown(database, log);
        line(
                out,
                "earnings: what creators are shown is what the log says",
                earnings.differences(),
                earnings.what());
        BoardAuditResult boards =
                new BoardAudit(redis, log, BoardRetention.DEFAULT, InstantSource.system())
                        .run(head, PATIENCE);
        line(
                out,
                "boards: every standing is the sum of its gifts",
                boards.firstDifference().map(List::of).orElse(List.of()),
                "%d boards, %d standings, %d gift events"
                        .formatted(boards.boards(), boards.standings(), boards.events()));
        out.println(holds ? "audit: everything holds" : "audit: DOES NOT HOLD");
        return holds;
    }

    private void ledger(PrintStream out, LogReader log, long head)
            throws SQLException, InterruptedException {
        LedgerAuditReport ledger;
        try {
            ledger = new LedgerAudit(database).at(head, PATIENCE);
        } catch (TimeoutException e) {
            line(out, "ledger: has booked the log", List.of(String.valueOf(e.getMessage())), "");
            return;
        }
        line(
                out,
                "ledger: entries and balances are what the log says",
                ledger.state().differences(LedgerExpectation.fold(log, head)),
                "%d entries, %d accounts, chain %s"
                        .formatted(
                                ledger.state().entries(),
                                ledger.state().accounts().size(),
                                ledger.state().chain()));
        line(
                out,
                "ledger: debits equal credits",
                unequal(ledger),
                String.join(", ", ledger.state().totals().keySet()));
        CoinCount coins = CoinCount.of(log, head);
        line(
                out,
                "coins: those that came less those that were spent are those that viewers have",
                coins.differences(ledger.state()),
                coins.toString());
        DiamondCount diamonds = DiamondCount.of(log, head);
        line(
                out,
                "diamonds: those that gifts brought are those that creators have",
                diamonds.differences(ledger.state()),
                diamonds.toString());
        line(
                out,
                "ledger: chain, balances, history and lots verify",
                ledger.verification().firstFault() == null
                        ? List.of()
                        : List.of(ledger.verification().firstFault().toString()),
                ledger.verification().checks().size() + " checks");
    }

    private static List<String> unequal(LedgerAuditReport ledger) {
        List<String> unequal = new ArrayList<>();
        ledger.state()
                .totals()
                .forEach(
                        (asset, total) -> {
                            if (total.debits() != total.credits()) {
                                unequal.add(asset + ": " + total);
                            }
                        });
        return unequal;
    }

    private void line(PrintStream out, String what, List<String> differences, String compared) {
        holds &= differences.isEmpty();
        out.printf(
                "%-4s %s%s%n",
                differences.isEmpty() ? "ok" : "BAD",
                what,
                compared.isEmpty() ? "" : " (" + compared + ")");
        differences.stream().limit(MOST_DIFFERENCES).forEach(each -> out.println("       " + each));
        if (differences.size() > MOST_DIFFERENCES) {
            out.printf("       and %d more%n", differences.size() - MOST_DIFFERENCES);
        }
    }
}
