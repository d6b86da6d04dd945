package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Viewers who send without pause, by turns at several services, until they are told to stop. */
final class Storm {
    private static final int VIEWERS = 6;

    /** No more than that: it is the faults that are tested here. */
    private static final Duration PAUSE = Duration.ofMillis(60);

    private final List<? extends Server> servers;
    private final String liveId;
    private final List<Api> viewers = new ArrayList<>();
    private final List<Thread> senders = new ArrayList<>();

    /** Sends that were answered: by idempotency key, the gift send's id. */
    private final Map<String, String> accepted = new ConcurrentHashMap<>();

    /** The keys of all sends, answered or not, and their viewer. */
    private final Map<String, Integer> tried = new ConcurrentHashMap<>();

    private final Set<Integer> refusals = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean over;

    private Storm(List<? extends Server> servers, String liveId) {
        this.servers = servers;
        this.liveId = liveId;
    }

    /**
     * Begins.
     *
     * @param name for viewers and keys of this storm alone
     */
    static Storm at(List<? extends Server> servers, String liveId, String name) throws Exception {
        Storm storm = new Storm(servers, liveId);
        Api staff = Api.as(servers.getFirst(), "staff", "Staff", "admin");
        for (int i = 0; i < VIEWERS; i++) {
            String viewer = name + "-" + i;
            staff.post(
                            "/v1/wallets/" + viewer + "/grants",
                            viewer,
                            "{\"coins\":1000000,\"reason\":\"a storm\"}")
                    .expect(201);
            storm.viewers.add(Api.as(servers.getFirst(), viewer, viewer, "viewer"));
        }
        for (int i = 0; i < VIEWERS; i++) {
            int viewer = i;
            storm.senders.add(Thread.ofVirtual().start(() -> storm.send(viewer, name)));
        }
        return storm;
    }

    private void send(int viewer, String name) {
        for (int send = 0; !over; send++) {
            String key = name + "-" + viewer + "-" + send;
            tried.put(key, viewer);
            try {
                Api.Answer answer = post(viewer, key, servers.get(send % servers.size()));
                if (answer.status() == 201) {
                    accepted.put(key, answer.text("giftSendId"));
                } else {
                    refusals.add(answer.status());
                }
            } catch (IOException e) {
                unanswered.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(
                    ThreadLocalRandom.current().nextLong(PAUSE.toNanos()) + PAUSE.toNanos() / 2);
        }
    }

    private Api.Answer post(int viewer, String key, Server server)
            throws IOException, InterruptedException {
        return viewers.get(viewer)
                .at(server)
                .post(
                        "/v1/gift-sends",
                        key,
                        "{\"liveId\":\"" + liveId + "\",\"giftId\":\"ant\",\"quantity\":1}");
    }

    int accepted() {
        return accepted.size();
    }

    /** Waits until so many more were accepted. */
    Storm awaitMore(int more) {
        int before = accepted();
        Stage.await(more + " more accepted gifts", () -> accepted() >= before + more);
        return this;
    }

    /** Waits until somebody was refused with this status. */
    void awaitRefusal(int status) {
        Stage.await("a refusal with " + status, () -> refusals.contains(status));
    }

    /** Ends it; refusals may have had these statuses and no others. */
    Storm end(Integer... allowedRefusals) throws InterruptedException {
        over = true;
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(refusals).isSubsetOf(allowedRefusals);
        return this;
    }

    int unanswered() {
        return unanswered.get();
    }

    /**
     * Repeats every send: what was answered is answered the same; what was not has happened, or
     * happens now. Then each gift must be there once, and no other.
     */
    void assertOnceEach(Server server) throws Exception {
        for (Map.Entry<String, Integer> send : tried.entrySet()) {
            String before = accepted.get(send.getKey());
            Api.Answer answer = post(send.getValue(), send.getKey(), server);
            if (before == null) {
                assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
                accepted.put(send.getKey(), answer.text("giftSendId"));
            } else {
                answer.expect(200);
                assertThat(answer.text("giftSendId")).isEqualTo(before);
            }
        }
        Map<String, Integer> times = new HashMap<>();
        for (Api viewer : viewers) {
            viewer.at(server).countSentGifts(times);
        }
        assertThat(times.values()).allMatch(each -> each == 1);
        assertThat(times.keySet()).containsExactlyInAnyOrderElementsOf(accepted.values());
    }
}
