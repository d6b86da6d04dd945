package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;

/** Kill -9 in the middle of a gift storm: what was answered is there, once, everywhere. */
class KillTest {
    private static final int VIEWERS = 8;
    private static final int ACCEPTED_BEFORE_THE_KILL = 250;

    @TempDir Path folder;

    /** Sends that were answered: by idempotency key, the gift send's id. */
    private final Map<String, String> accepted = new ConcurrentHashMap<>();

    /** The keys of all sends, answered or not, and their viewer. */
    private final Map<String, Integer> tried = new ConcurrentHashMap<>();

    @Test
    void everyAcceptedGiftIsThereOnceAndLogLedgerAndBoardsAgree() throws Exception {
        Path data = folder.resolve("data");
        Ports ports = Ports.free();
        Stage before;
        try (PlatformProcess platform = PlatformProcess.up(data, ports, "--no-demo")) {
            before = Stage.open(platform);
            // The audit must also know a creator who only was held.
            Api.as(platform, "fin", "Fin", "finance")
                    .post("/v1/creators/nobody/payouts/hold", "hold", "{\"reason\":\"why\"}")
                    .expect(200);
            List<Api> viewers = viewers(platform);
            for (int i = 0; i < VIEWERS; i++) {
                buy(viewers.get(i), "buy-" + i);
            }
            storm(platform, viewers, before.liveId());
        }

        try (PlatformProcess platform = PlatformProcess.up(data, ports, "--no-demo");
                Stage stage = before.resumeOn(platform)) {
            List<Api> viewers = viewers(platform);
            repeatEverySend(viewers, stage.liveId());
            Map<String, Integer> history = history(viewers);
            assertThat(history.values()).allMatch(times -> times == 1);
            assertThat(history.keySet()).containsExactlyInAnyOrderElementsOf(accepted.values());

            PlatformProcess.Ended audit = PlatformProcess.run(data, ports, "audit");
            assertThat(audit.exitCode()).as(audit.output()).isZero();
            ControlIdentities.hold(database(ports));

            // The fresh ledger takes the place of the live one while the platform runs on.
            PlatformProcess.Ended rebuild = PlatformProcess.run(data, ports, "rebuild", "ledger");
            assertThat(rebuild.exitCode()).as(rebuild.output()).isZero();
            assertThat(rebuild.output()).contains("the ledgers are equal; switched");
            repeatEverySend(viewers, stage.liveId());
            PlatformProcess.Ended again = PlatformProcess.run(data, ports, "audit");
            assertThat(again.exitCode()).as(again.output()).isZero();
            ControlIdentities.hold(database(ports));
            assertThat(platform.interrupt()).isIn(0, 130);
        }
    }

    private static PGSimpleDataSource database(Ports ports) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL("jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/confetti");
        database.setUser("confetti");
        database.setPassword("confetti");
        return database;
    }

    private void storm(PlatformProcess platform, List<Api> viewers, String liveId)
            throws InterruptedException {
        AtomicInteger answered = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            int viewer = i;
            senders.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int send = 0; ; send++) {
                                            String key = "storm-" + viewer + "-" + send;
                                            tried.put(key, viewer);
                                            try {
                                                Api.Answer answer =
                                                        send(viewers.get(viewer), key, liveId);
                                                if (answer.status() == 201) {
                                                    accepted.put(key, answer.text("giftSendId"));
                                                    answered.incrementAndGet();
                                                }
                                            } catch (IOException | InterruptedException e) {
                                                return; // the platform is gone
                                            }
                                        }
                                    }));
        }
        Stage.await("the storm", () -> answered.get() >= ACCEPTED_BEFORE_THE_KILL);
        platform.kill();
        for (Thread sender : senders) {
            sender.join();
        }
    }

    /**
     * What was answered must be answered the same; what was not may have happened, or happens now.
     */
    private void repeatEverySend(List<Api> viewers, String liveId) throws Exception {
        for (Map.Entry<String, Integer> send : tried.entrySet()) {
            String before = accepted.get(send.getKey());
            Api.Answer answer = send(viewers.get(send.getValue()), send.getKey(), liveId);
            if (before != null) {
                answer.expect(200);
                assertThat(answer.text("giftSendId")).isEqualTo(before);
            } else if (answer.status() == 200 || answer.status() == 201) {
                accepted.put(send.getKey(), answer.text("giftSendId"));
            } else {
                assertThat(answer.status()).as(answer.toString()).isIn(409, 429);
            }
        }
    }

    private static Map<String, Integer> history(List<Api> viewers) throws Exception {
        Map<String, Integer> times = new HashMap<>();
        for (Api viewer : viewers) {
            viewer.countSentGifts(times);
        }
        return times;
    }

    private static List<Api> viewers(PlatformProcess platform) throws Exception {
        List<Api> viewers = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            viewers.add(Api.as(platform, "viewer-" + i, "Viewer " + i, "viewer"));
        }
        return viewers;
    }

    private static void buy(Api viewer, String key) throws Exception {
        JsonNode packages = viewer.get("/v1/coin-packages").expect(200).body().path("packages");
        String largest = packages.get(packages.size() - 1).path("packageId").asString();
        viewer.post(
                        "/v1/coin-purchases",
                        key,
                        "{\"packageId\":\"" + largest + "\",\"provider\":\"sandbox\"}")
                .expect(201);
    }

    private static Api.Answer send(Api viewer, String key, String liveId)
            throws IOException, InterruptedException {
        return viewer.post(
                "/v1/gift-sends",
                key,
                "{\"liveId\":\"" + liveId + "\",\"giftId\":\"ant\",\"quantity\":1}");
    }
}
