package dev.confetti.simulation;

import dev.confetti.simulation.model.Command;
import dev.confetti.simulation.model.Command.Block;
import dev.confetti.simulation.model.Command.CreateLive;
import dev.confetti.simulation.model.Command.Grant;
import dev.confetti.simulation.model.Command.Limit;
import dev.confetti.simulation.model.Command.LookAtWallet;
import dev.confetti.simulation.model.Command.Once;
import dev.confetti.simulation.model.Command.Settle;
import dev.confetti.simulation.model.Command.StartLive;
import dev.confetti.simulation.model.Command.Unblock;
import dev.confetti.simulation.model.Economy;
import dev.confetti.simulation.model.Economy.Commit;
import dev.confetti.simulation.model.Facts;
import dev.confetti.simulation.model.Rules;
import dev.confetti.simulation.world.Databases;
import dev.confetti.simulation.world.Fault;
import dev.confetti.simulation.world.Names;
import dev.confetti.simulation.world.Time;
import dev.confetti.simulation.world.World;
import dev.confetti.simulation.world.World.Performed;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** One run: everything in it follows from its seed. */
public final class Run {
    /** Shortly before midnight, where a day's limits begin anew. */
    private static final Instant START = Instant.parse("2026-03-29T23:59:00Z");

    private static final int LAST_STEPS = 12;

    private final int steps;
    private final Economy economy;
    private final Names names = new Names();
    private final Time time = new Time(START);
    private final Script script;
    private final World world;
    private final List<Once> unresolved = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();
    private int step;

    private Run(long seed, int steps, Databases databases) throws SQLException {
        this.steps = steps;
        Random random = new Random(seed);
        Rules rules = Script.rules(random);
        this.economy = new Economy(rules);
        this.script = new Script(random, rules, economy, names, time);
        this.world =
                new World(
                        databases,
                        rules,
                        2 + random.nextInt(2),
                        List.of(1, 3, 10).get(random.nextInt(3)),
                        names,
                        time,
                        new Random(random.nextLong()));
    }

    /**
     * Runs.
     *
     * @return how many events of each type the log had at the end
     * @throws Difference at the first one; it names seed and step
     */
    public static SortedMap<String, Long> of(long seed, int steps, Databases databases)
            throws SQLException {
        Run run = new Run(seed, steps, databases);
        try (run.world) {
            run.all();
            SortedMap<String, Long> events = new TreeMap<>();
            run.economy.log().forEach(event -> events.merge(event.what(), 1L, Long::sum));
            return events;
        } catch (Difference difference) {
            throw new Difference(
                    "seed "
                            + seed
                            + ", step "
                            + run.step
                            + ": "
                            + difference.getMessage()
                            + "\nthe last steps:\n  "
                            + String.join("\n  ", run.last));
        }
    }

    private void all() throws SQLException {
        for (Command command : script.opening()) {
            perform(0, command, Fault.NONE);
        }
        economy.livesByText()
                .values()
                .forEach(live -> performQuietly(new StartLive(live, new UUID(7, 0))));
        for (step = 1; step <= steps; step++) {
            script.move();
            if (script.restarts()) {
                restart(script.instance(world.instances()));
            }
            Command next = script.next();
            Fault fault = script.fault();
            // Some do several things, of which a missing connection leaves some undone.
            boolean calm = doesSeveral(next) && fault == Fault.NO_CONNECTION;
            perform(script.instance(world.instances()), next, calm ? Fault.NONE : fault);
            if (!unresolved.isEmpty() && script.repeatsAtOnce()) {
                perform(script.instance(world.instances()), unresolved.removeLast(), Fault.NONE);
            }
        }
        while (!unresolved.isEmpty()) {
            perform(script.instance(world.instances()), unresolved.removeLast(), Fault.NONE);
        }
        restart(0);
        // Earnings are added up to the log's head before they are compared.
        perform(0, new Command.FinishRevaluations(), Fault.NONE);
        perform(0, new Settle(), Fault.NONE);
        perform(0, new Settle(), Fault.NONE);
        for (String viewer : economy.viewers()) {
            perform(0, new LookAtWallet(viewer), Fault.NONE);
        }
        new Reckoning(world.database(), economy, names).settle();
    }

    private static boolean doesSeveral(Command command) {
        return command instanceof Settle
                || command instanceof Command.SendBatch
                || command instanceof Command.FinishBatches
                || command instanceof Command.DecideRevaluation
                || command instanceof Command.FinishRevaluations
                || command instanceof Command.TellBank
                || command instanceof Command.LookAtBankLines
                || command instanceof Command.Forget;
    }

    private void performQuietly(Command command) {
        try {
            perform(0, command, Fault.NONE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void restart(int instance) {
        note("instance " + instance + " is thrown away and made anew");
        world.restart(instance);
        economy.restarted(instance);
    }

    private void note(String line) {
        if (last.size() == LAST_STEPS) {
            last.removeFirst();
        }
        last.addLast("step " + step + ", " + time.instant() + ": " + line);
    }

    private void perform(int instance, Command command, Fault fault) throws SQLException {
        Performed performed = world.perform(instance, command, fault);
        String what =
                "instance "
                        + instance
                        + ", "
                        + command
                        + (performed.struck() ? ", " + fault + " struck" : "");
        economy.time(time.instant(), time.read());
        Facts model = answerOfModel(instance, command, fault, performed.struck());
        if (!names.same(model, performed.answer())) {
            throw new Difference(
                    what
                            + " at "
                            + time.instant()
                            + "\n  model:   "
                            + model
                            + "\n  service: "
                            + performed.answer());
        }
        note(what + " → " + performed.answer());
        if (model.equals(Facts.OUTCOME_UNKNOWN) || model.equals(Facts.NOTHING_HAPPENED)) {
            if (command instanceof Once once) {
                unresolved.add(once);
            }
        } else if (economy.appended()) {
            awaitSnapshot(command);
        }
        if (performed.struck() && fault == Fault.NO_CONNECTION) {
            // How far the command came is not the model's affair: what it read counts no more.
            time.passUnseen(Duration.ofSeconds(1));
        }
    }

    private Facts answerOfModel(int instance, Command command, Fault fault, boolean struck) {
        if (struck && fault == Fault.NO_CONNECTION) {
            return Facts.NOTHING_HAPPENED;
        }
        Commit commit =
                switch (fault) {
                    case BEFORE_COMMIT -> Commit.LOST;
                    case AFTER_COMMIT -> Commit.UNANSWERED;
                    case NONE, IN_TRANSACTION, NO_CONNECTION -> Commit.ANSWERED;
                };
        Facts model = economy.perform(command, instance, struck ? commit : Commit.ANSWERED);
        if (commit != Commit.ANSWERED && struck != economy.appended()) {
            throw new Difference(
                    command
                            + (struck ? ": the service commits" : ": the service does not commit")
                            + "\n  model:   "
                            + model);
        }
        return model;
    }

    private void awaitSnapshot(Command command) throws SQLException {
        String viewer =
                switch (command) {
                    case Grant grant -> grant.viewer();
                    case Command.Reverse reverse -> economy.viewerOf(reverse.gift());
                    case Command.Refund refund -> economy.buyerOf(refund.purchase());
                    case Command.RequestPayout _,
                            Command.SendBatch _,
                            Command.Resolve _,
                            Command.RequestAdjustment _,
                            Command.RequestBreakage _,
                            Command.RequestRevaluation _ ->
                            "";
                    case Once once -> once.caller();
                    case Command.OpenDispute notice -> economy.buyerOf(notice.purchase());
                    case Command.CloseDispute notice -> economy.buyerOf(notice.purchase());
                    case Block block -> block.viewer();
                    case Unblock unblock -> unblock.viewer();
                    case Limit limit -> limit.viewer();
                    case Settle _,
                            Command.DecidePayout _,
                            Command.HoldPayouts _,
                            Command.WithdrawPayout _,
                            Command.Agree _,
                            Command.FinishBatches _,
                            Command.TellBank _,
                            Command.LookAtBankLines _,
                            Command.HandInReport _,
                            Command.DecideAdjustment _,
                            Command.DecideBreakage _,
                            Command.DecideRevaluation _,
                            Command.FinishRevaluations _,
                            Command.CloseMonth _,
                            Command.Forget _,
                            CreateLive _,
                            StartLive _,
                            Command.LeaveLive _,
                            Command.EndLive _,
                            LookAtWallet _,
                            Command.LookAtGifts _,
                            Command.LookAtPurchases _ ->
                            "";
                };
        if (!viewer.isEmpty()) {
            world.awaitSnapshot(viewer, economy.events(viewer));
        }
    }
}
