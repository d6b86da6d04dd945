package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.earning.EarningsClerk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A service whose earnings are added up only when a test says so, with a fan and finance staff. */
final class EarningsStage implements AutoCloseable {
    private final RunningService service;
    private final String viewer;
    private final String finance;
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * @param policies {@code confetti.policy.name=value}
     */
    EarningsStage(SetClock clock, String... policies) {
        List<String> settings = new ArrayList<>(List.of(policies));
        settings.add("confetti.earnings.every=1h");
        settings.add("confetti.policy.sendsPerSecond=1000");
        settings.add("confetti.policy.publisherLease=PT10M");
        this.service =
                RunningService.start(
                        TestEngines.freshPostgres(), clock, settings.toArray(String[]::new));
        this.finance = service.token("fin", "finance");
        this.viewer = service.token("fan", "viewer");
        service.grant(service.token("admin", "admin"), "fan", 1_000_000);
    }

    /**
     * A creator that media arrives from.
     *
     * @param token the creator's
     */
    record Star(String creatorId, String token, String liveId) {}

    RunningService service() {
        return service;
    }

    /** The fan's token. */
    String viewer() {
        return viewer;
    }

    /** A token of finance staff. */
    String finance() {
        return finance;
    }

    /** A name that no other call gives. */
    String next(String prefix) {
        return prefix + numbers.incrementAndGet();
    }

    Star freshStar() {
        String creatorId = next("creator-");
        String token = service.token(creatorId, "creator");
        return new Star(creatorId, token, service.activeLive(token));
    }

    /** The fan sends a gift. */
    Response send(String liveId, String giftId, long quantity) {
        Response sent = service.send(viewer, next("s"), liveId, giftId, quantity);
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        return sent;
    }

    /** Adds up, releases what is due, and adds that up. */
    void work() {
        service.bean(EarningsClerk.class).work();
        service.bean(EarningsClerk.class).work();
    }

    JsonNode earnings(String creatorId, String token) {
        return service.http().get("/v1/creators/" + creatorId + "/earnings", token).json();
    }

    @Override
    public void close() {
        service.close();
    }
}
