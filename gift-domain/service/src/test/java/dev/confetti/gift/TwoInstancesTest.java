package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.gift.Http.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two instances on one log: what one did, the other knows before it refuses. */
class TwoInstancesTest {
    private static RunningService one;
    private static RunningService two;
    private static String admin;
    private static String liveId;

    @BeforeAll
    static void start() {
        var postgres = TestEngines.freshPostgres();
        one = RunningService.start(postgres, "confetti.policy.sendsPerSecond=1000");
        two = RunningService.start(postgres, "confetti.policy.sendsPerSecond=1000");
        admin = one.token("admin", "admin");
        liveId = one.activeLive(one.token("creator", "creator"));
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @Test
    void aStaleWalletRefusesNothingThatIsAllowed() {
        String viewer = one.token("stale", "viewer");
        assertThat(one.send(viewer, "a", liveId, "ant", 1).problem())
                .isEqualTo("insufficient-coins");
        two.grant(admin, "stale", 5);
        assertThat(one.send(viewer, "b", liveId, "ant", 5).status()).isEqualTo(201);
        // And nothing is allowed that must be refused: the other spent it.
        two.grant(admin, "stale", 2);
        assertThat(two.send(viewer, "c", liveId, "ant", 2).status()).isEqualTo(201);
        Response refused = one.send(viewer, "d", liveId, "ant", 1);
        assertThat(refused.problem()).isEqualTo("insufficient-coins");
        assertThat(refused.number("spendable")).isZero();
    }

    @Test
    void oneReadsWhatTheOtherWrote() {
        String viewer = one.token("reader", "viewer");
        assertThat(one.http().get("/v1/wallet", viewer).number("spendable")).isZero();
        two.grant(admin, "reader", 3);
        assertThat(one.http().get("/v1/wallet", viewer).number("spendable")).isEqualTo(3);
        one.send(viewer, "x", liveId, "ant", 1);
        assertThat(two.http().get("/v1/wallet", viewer).number("spendable")).isEqualTo(2);
    }

    @Test
    void aRepeatAtTheOtherInstanceGetsTheSameAnswer() {
        String viewer = one.token("repeater", "viewer");
        one.grant(admin, "repeater", 9);
        Response first = one.send(viewer, "k", liveId, "ant", 4);
        one.send(viewer, "later", liveId, "ant", 5);
        Response again = two.send(viewer, "k", liveId, "ant", 4);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(first.number("spendable")).isEqualTo(5);
        assertThat(two.send(viewer, "k", liveId, "ant", 1).problem())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void aBlockAtOneHoldsAtTheOther() {
        String viewer = one.token("blocked", "viewer");
        one.grant(admin, "blocked", 2);
        assertThat(one.send(viewer, "a", liveId, "ant", 1).status()).isEqualTo(201);
        two.http().post("/v1/wallets/blocked/block", admin, null, Map.of("reason", "suspicion"));
        assertThat(one.send(viewer, "b", liveId, "ant", 1).problem()).isEqualTo("wallet-blocked");
    }

    @Test
    void ofFiftyReversalsAtBothExactlyOneHasEffect() throws Exception {
        String viewer = one.token("regret", "viewer");
        String finance = one.token("finance", "finance");
        one.grant(admin, "regret", 10);
        String first = one.send(viewer, "a", liveId, "ant", 4).text("giftSendId");
        String second = two.send(viewer, "b", liveId, "ant", 3).text("giftSendId");
        // What either remembers of the wallet is older than the other's reversal.
        assertThat(reverse(two, finance, second, "before").status()).isEqualTo(200);
        assertThat(reverse(one, finance, second, "stale").problem()).isEqualTo("already-reversed");

        List<Future<Response>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 25; i++) {
                for (RunningService service : List.of(one, two)) {
                    String key = service == one ? "one-" + i : "two-" + i;
                    futures.add(threads.submit(() -> reverse(service, finance, first, key)));
                }
            }
        }
        int reversed = 0;
        for (Future<Response> future : futures) {
            Response answer = future.get();
            if (answer.status() == 200) {
                reversed++;
            } else {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
                assertThat(answer.problem()).isEqualTo("already-reversed");
            }
        }
        assertThat(reversed).isEqualTo(1);
        for (RunningService service : List.of(one, two)) {
            assertThat(service.http().get("/v1/wallet", viewer).number("spendable")).isEqualTo(10);
            JsonNode sends = service.http().get("/v1/gift-sends", viewer).json().get("sends");
            assertThat(sends).allMatch(sent -> sent.get("reversed").booleanValue());
        }
    }

    @Test
    void reversalsOfManyGiftsOfOneWalletAtOnceAllSucceed() throws Exception {
        String viewer = one.token("fraud", "viewer");
        String finance = one.token("finance", "finance");
        one.grant(admin, "fraud", 30);
        List<Future<Response>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                String id = one.send(viewer, "s-" + i, liveId, "ant", 1).text("giftSendId");
                RunningService service = i % 2 == 0 ? one : two;
                futures.add(threads.submit(() -> reverse(service, finance, id, "f-" + id)));
            }
        }
        for (Future<Response> future : futures) {
            assertThat(future.get().status()).as(future.get().toString()).isEqualTo(200);
        }
        assertThat(two.http().get("/v1/wallet", viewer).number("spendable")).isEqualTo(30);
    }

    private static Response reverse(
            RunningService service, String finance, String giftSendId, String key) {
        return service.http()
                .post(
                        "/v1/gift-sends/" + giftSendId + "/reverse",
                        finance,
                        key,
                        Map.of("reason", "for a test"));
    }

    @Test
    void aStormAtBothNeverOverspendsAndEachKeyHasOneEffect() throws Exception {
        String viewer = one.token("storm", "viewer");
        one.grant(admin, "storm", 20);
        List<Future<Response>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                String key = "storm-" + i;
                for (RunningService service : List.of(one, two)) {
                    futures.add(threads.submit(() -> service.send(viewer, key, liveId, "ant", 1)));
                }
            }
        }
        Set<UUID> sent = new HashSet<>();
        int made = 0;
        for (Future<Response> future : futures) {
            Response answer = future.get();
            if (answer.status() == 201 || answer.status() == 200) {
                sent.add(UUID.fromString(answer.text("giftSendId")));
                made += answer.status() == 201 ? 1 : 0;
            } else {
                assertThat(answer.problem()).isEqualTo("insufficient-coins");
            }
        }
        assertThat(sent).hasSize(20);
        assertThat(made).isEqualTo(20);
        assertThat(one.http().get("/v1/wallet", viewer).number("spendable")).isZero();
        assertThat(two.http().get("/v1/wallet", viewer).number("spendable")).isZero();
    }
}
