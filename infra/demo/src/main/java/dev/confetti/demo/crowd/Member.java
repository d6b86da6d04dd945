package dev.confetti.demo.crowd;

import dev.confetti.demo.api.ApiProblem;
import dev.confetti.demo.api.CoinPackage;
import dev.confetti.demo.api.ConfettiApi;
import dev.confetti.demo.api.SentGift;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A simulated viewer at the API: signs in, sends what is planned, and buys coins when they run out.
 * One call at a time.
 */
final class Member {
    /** Signing in anew and buying twice fit in; more would be knocking on a closed door. */
    private static final int MAX_TRIES = 4;

    /** What became of a planned send. */
    sealed interface Outcome {
        record Sent(SentGift gift) implements Outcome {}

        /** The platform wants fewer sends. */
        record TooFast(String reason) implements Outcome {}

        /** Nothing can be sent just now, by anyone. */
        record NotNow(String kind, String reason) implements Outcome {}

        /** This one was refused; others may go through. */
        record Refused(String kind, String reason) implements Outcome {}
    }

    private final Person person;
    private final ConfettiApi api;
    private final List<CoinPackage> packages;
    private final Supplier<String> keys;
    private @Nullable String token;
    private @Nullable String comboId;
    private long comboBurst = -1;

    /**
     * @param keys fresh idempotency keys
     */
    Member(Person person, ConfettiApi api, List<CoinPackage> packages, Supplier<String> keys) {
        this.person = person;
        this.api = api;
        this.packages =
                packages.stream().sorted(Comparator.comparingLong(CoinPackage::coins)).toList();
        this.keys = keys;
    }

    Outcome send(PlannedSend planned, String liveId) throws InterruptedException {
        String key = keys.get();
        Outcome last = new Outcome.Refused("no-attempt", "nothing was tried");
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            try {
                SentGift sent = trySend(planned, liveId, key);
                comboBurst = planned.burst();
                comboId = sent.comboId();
                return new Outcome.Sent(sent);
            } catch (IOException e) {
                // The answer may be what was lost: the same key cannot send twice.
                last = new Outcome.NotNow("no-answer", describe(e));
                if (attempt > 0) {
                    return last;
                }
            } catch (ApiProblem e) {
                last = outcome(e);
                if (e.status() == 401) {
                    token = null;
                } else if (!e.name().equals("insufficient-coins") || !buy(e)) {
                    return last;
                }
                key = keys.get();
            }
        }
        return last;
    }

    private SentGift trySend(PlannedSend planned, String liveId, String key)
            throws IOException, InterruptedException, ApiProblem {
        String combo = comboBurst == planned.burst() ? comboId : null;
        return api.sendGift(
                signedIn(), liveId, planned.gift().giftId(), planned.quantity(), combo, key);
    }

    private String signedIn() throws IOException, InterruptedException, ApiProblem {
        String current = token;
        if (current == null) {
            current = api.devToken(person.id(), person.name(), List.of("viewer"));
            token = current;
        }
        return current;
    }

    private static Outcome outcome(ApiProblem problem) {
        return switch (problem.name()) {
            case "sending-too-fast", "spending-limit-reached", "http-429" ->
                    new Outcome.TooFast(describe(problem));
            case "live-not-active", "unknown-live" ->
                    new Outcome.NotNow(problem.name(), describe(problem));
            default ->
                    problem.status() >= 500
                            ? new Outcome.NotNow(problem.name(), describe(problem))
                            : new Outcome.Refused(problem.name(), describe(problem));
        };
    }

    /** Buys the smallest package that is enough for some such gifts, or the largest there is. */
    private boolean buy(ApiProblem insufficient) throws InterruptedException {
        if (packages.isEmpty()) {
            return false;
        }
        long wanted = Math.max(person.most() / 5, 3 * insufficient.number("needed").orElse(1));
        CoinPackage choice =
                packages.stream()
                        .filter(p -> p.coins() >= wanted)
                        .findFirst()
                        .orElse(packages.getLast());
        try {
            api.buyCoins(signedIn(), choice.packageId(), keys.get());
            return true;
        } catch (IOException | ApiProblem e) {
            return false;
        }
    }

    private static String describe(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
