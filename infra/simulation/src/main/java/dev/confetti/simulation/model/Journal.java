package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.Buy;
import dev.confetti.simulation.model.Command.Grant;
import dev.confetti.simulation.model.Command.Once;
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
import dev.confetti.simulation.model.Economy.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The event log of the model, and what was answered under which key. */
final class Journal {
    private final List<Facts> log = new ArrayList<>();
    private final Map<List<String>, First> firsts = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private Instant recordedAt = Instant.EPOCH;
    private Commit commit = Commit.ANSWERED;
    private boolean appended;
    private int names;

    /** Until which position all texts of a person are forgotten. */
    private final Map<String, Long> forgottenThrough = new HashMap<>();

    /** The command that had effect under a key, and its answer. */
    private record First(Once command, Facts answer, @Nullable Long position, String streamId) {}

    void time(Instant instant) {
        now = instant;
    }

    Instant now() {
        return now;
    }

    /** When the last event was recorded. */
    Instant recordedAt() {
        return recordedAt;
    }

    void notBeforeNow() {
        recordedAt = now.isAfter(recordedAt) ? now : recordedAt;
    }

    /** What becomes of the next commit, if there is one. */
    void begin(Commit ending) {
        commit = ending;
        appended = false;
    }

    /** Whether a commit was asked for since. */
    boolean appended() {
        return appended;
    }

    boolean isAnswered() {
        return commit == Commit.ANSWERED;
    }

    Name named(String what) {
        names++;
        return new Name(what + " " + names);
    }

    long nextPosition() {
        return log.size() + 1L;
    }

    List<Facts> log() {
        return List.copyOf(log);
    }

    /** What a repeat is answered; empty when the key is new. */
    Optional<Facts> again(Once once) {
        First first = firsts.get(scope(once));
        if (first == null) {
            return Optional.empty();
        }
        if (isSame(first, once)) {
            return Optional.of(first.answer().with("repeated", true));
        }
        Facts reused = new Facts("idempotency-key-reused");
        return Optional.of(
                first.position() == null ? reused : reused.with("position", first.position()));
    }

    /** What was forgotten cannot be compared. */
    private boolean isSame(First first, Once once) {
        Long position = first.position();
        if (position == null || position > forgottenThrough(first.streamId())) {
            return first.command().equals(once);
        }
        if (first.command() instanceof Send sent && sent.comboId() == null) {
            return sent.equals(once);
        }
        return withoutTexts(first.command()).equals(withoutTexts(once));
    }

    private static Once withoutTexts(Once once) {
        return switch (once) {
            case Grant it -> new Grant(it.caller(), it.key(), it.viewer(), it.coins(), "");
            case Reverse it -> new Reverse(it.caller(), it.key(), it.gift(), "");
            case Refund it -> new Refund(it.caller(), it.key(), it.purchase(), "");
            case Resolve it ->
                    new Resolve(
                            it.caller(),
                            it.key(),
                            it.payout(),
                            it.outcome(),
                            it.chargesMinor(),
                            "");
            case Send it ->
                    new Send(it.caller(), it.key(), it.live(), it.giftId(), it.quantity(), null);
            case Buy _,
                    RequestPayout _,
                    SendBatch _,
                    SchedulePrice _,
                    RequestAdjustment _,
                    RequestBreakage _,
                    RequestRevaluation _ ->
                    once;
        };
    }

    /** Nobody knows a person's texts up to here any more. */
    void forget(String person) {
        forgottenThrough.put(person, (long) log.size());
    }

    /** Until which position a person's texts are forgotten; 0 for none. */
    long forgottenThrough(String person) {
        return forgottenThrough.getOrDefault(person, 0L);
    }

    /** When the first event was recorded. */
    @Nullable Instant firstRecordedAt() {
        return log.isEmpty() ? null : recordedAt(log.getFirst());
    }

    /** The last position that was recorded before an instant; 0 for none. */
    long lastBefore(Instant end) {
        return log.stream().filter(event -> recordedAt(event).isBefore(end)).count();
    }

    private static Instant recordedAt(Facts event) {
        return Instant.parse(String.valueOf(event.values().get("recordedAt")));
    }

    private static List<String> scope(Once command) {
        return List.of(command.getClass().getSimpleName(), command.caller(), command.key());
    }

    /** An answer without an event. */
    void answered(Once once, Facts answer) {
        firsts.put(scope(once), new First(once, answer, null, ""));
    }

    /**
     * Appends an event, unless its commit is lost.
     *
     * @param then what follows from it, and the events that are appended with it
     */
    Facts append(
            @Nullable Once once,
            String stream,
            long sequence,
            Facts event,
            Facts answer,
            Supplier<List<Facts>> then) {
        appended = true;
        if (commit == Commit.LOST) {
            return Facts.OUTCOME_UNKNOWN;
        }
        long position = nextPosition();
        recordedAt = now.isAfter(recordedAt) ? now : recordedAt;
        add(stream, sequence, event);
        long next = sequence;
        for (Facts following : then.get()) {
            next++;
            add(stream, next, following);
        }
        if (once != null) {
            firsts.put(
                    scope(once),
                    new First(once, answer, position, stream.substring(stream.indexOf(' ') + 1)));
        }
        return commit == Commit.UNANSWERED ? Facts.OUTCOME_UNKNOWN : answer;
    }

    private void add(String stream, long sequence, Facts event) {
        log.add(
                event.with("position", nextPosition())
                        .with("stream", stream)
                        .with("sequence", sequence)
                        .with("occurredAt", now)
                        .with("recordedAt", recordedAt));
    }

    /** Appends to a wallet. */
    Facts append(
            @Nullable Once once,
            Wallet wallet,
            Facts event,
            Facts answer,
            Supplier<List<Facts>> then) {
        return append(
                once,
                "wallet " + wallet.viewer,
                wallet.events,
                event.with("viewer", wallet.viewer),
                answer,
                () -> {
                    List<Facts> following =
                            then.get().stream()
                                    .map(each -> each.with("viewer", wallet.viewer))
                                    .toList();
                    wallet.events += 1 + following.size();
                    return following;
                });
    }
}
