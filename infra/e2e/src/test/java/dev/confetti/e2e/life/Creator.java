package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.EventType;
import dev.confetti.gift.Eventually;
import dev.confetti.gift.log.EventLog;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Somebody who is sent gifts. */
final class Creator {
    private final LifeStage stage;
    private final String id;
    private final String token;

    Creator(LifeStage stage, String id) {
        this.stage = stage;
        this.id = id;
        this.token = stage.token(id, "creator");
    }

    String id() {
        return id;
    }

    String token() {
        return token;
    }

    /** A live that takes gifts; its id. */
    String live() {
        return stage.service.activeLive(token);
    }

    /**
     * What was earned goes to the bank by it.
     *
     * @param staff who agree and send
     */
    PayoutDesk payouts(Staff staff) {
        return new PayoutDesk(stage, token, staff.maker());
    }

    /** What the service says of the earnings. */
    JsonNode earnings() {
        return stage.http().get("/v1/creators/" + id + "/earnings", token).json();
    }

    /** Waits until that many diamonds can be paid out. */
    void awaitAvailable(String diamonds) {
        Eventually.until(
                diamonds + " diamonds of creator " + id + " to be available",
                () -> earnings().at("/diamonds/available").asString().equals(diamonds));
    }

    /** Service and ledger say the same of the diamonds; what is redeemed the service knows. */
    void assertDiamonds(
            BookedEntries ledger,
            String pending,
            String available,
            String reserved,
            String redeemed) {
        String shown =
                "{\"pending\":\"%s\",\"available\":\"%s\",\"reserved\":\"%s\",\"redeemed\":\"%s\"}"
                        .formatted(pending, available, reserved, redeemed);
        Eventually.until(
                "creator " + id + " to have " + shown,
                () -> earnings().path("diamonds").toString().equals(shown));
        ledger.awaitAll();
        Map<String, String> booked = ledger.balances("creator:" + id + ":diamond:");
        Map.of("pending", pending, "available", available, "reserved", reserved)
                .forEach(
                        (kind, diamonds) ->
                                assertThat(booked.getOrDefault(kind, "0.0000"))
                                        .as(kind)
                                        .isEqualTo(diamonds));
    }

    /** Where in the log payouts were held. */
    long heldAt() {
        return stage
                .service
                .bean(EventLog.class)
                .readStream(dev.confetti.gift.earning.Creator.STREAM_TYPE, id, 0)
                .stream()
                .filter(row -> row.type().equals(EventType.PAYOUTS_HELD.typeName()))
                .findFirst()
                .orElseThrow()
                .position();
    }
}
