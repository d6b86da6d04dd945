package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.EventLog;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole way of a gift: HTTP, wallet, log. */
class SendingEndToEndTest {
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(TestEngines.freshPostgres());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aGiftIsBoughtForSentRecordedAndShown() {
        String viewer = service.token("v1", "viewer");
        String liveId = service.activeLive(service.token("c1", "creator"));
        Response bought =
                service.http()
                        .post(
                                "/v1/coin-purchases",
                                viewer,
                                "buy-1",
                                Map.of("packageId", "coins-660", "provider", "sandbox"));
        assertThat(bought.status()).isEqualTo(201);
        assertThat(bought.text("status")).isEqualTo("completed");

        Response sent = service.send(viewer, "send-1", liveId, "ant", 7);

        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        assertThat(sent.number("coins")).isEqualTo(7);
        assertThat(sent.number("spendable")).isEqualTo(693);
        assertThat(sent.number("comboCount")).isEqualTo(7);

        UUID giftSendId = UUID.fromString(sent.text("giftSendId"));
        var row = service.bean(EventLog.class).find(giftSendId).orElseThrow();
        assertThat(row.position()).isEqualTo(sent.number("position"));
        assertThat(row.streamType() + ":" + row.streamId()).isEqualTo("wallet:v1");
        GiftSent event = (GiftSent) row.event();
        assertThat(event.viewerName()).isNull();
        assertThat(event.creatorId()).isEqualTo("c1");
        assertThat(event.lots()).extracting(LotShare::coins).containsExactly(7L);
        assertThat(event.promoCoins()).isZero();
        assertThat(event.diamonds()).hasToString("3.5000");

        Response wallet = service.http().get("/v1/wallet", viewer);
        assertThat(wallet.body())
                .isEqualTo(
                        """
                        {"viewerId":"v1","coins":{"paid":693,"promo":0,"frozen":0,"debt":0},\
                        "spendable":693,"blocked":false,\
                        "limits":{"sendsPerSecond":20,"quantityPerSend":9999,\
                        "coinsPerDay":null,"coinsSentToday":7,\
                        "own":{"coinsPerDay":null,"pending":null}}}""");
    }
}
