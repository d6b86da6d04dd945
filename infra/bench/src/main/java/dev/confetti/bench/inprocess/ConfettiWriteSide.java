package dev.confetti.bench.inprocess;

import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.api.ApiProblem;
import dev.confetti.demo.api.ConfettiApi;
import dev.confetti.demo.api.NewLive;
import dev.confetti.engines.Engines;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.GiftService;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.relay.Relay;
import dev.confetti.gift.sending.GiftSends;
import dev.confetti.gift.sending.GrantRequest;
import dev.confetti.gift.sending.SendGiftRequest;
import dev.confetti.gift.sending.WalletDesk;
import dev.confetti.gift.wallet.SpendingRules;
import dev.confetti.gift.wallet.Wallet;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletDecision;
import dev.confetti.gift.wallet.WalletRules;
import dev.confetti.gift.wallet.WalletState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The gift service as it is deployed, called behind its controllers. */
final class ConfettiWriteSide implements WriteSide {
    private static final String SERVICE_TOKEN = "bench";
    private static final int HISTORY_BATCH = 1_000;
    private static final long COINS_EACH = 1_000_000_000;

    private final ConfigurableApplicationContext service;
    private final GiftSends giftSends;
    private final WalletDesk desk;
    private final Relay relay;
    private final String liveId;

    private ConfettiWriteSide(ConfigurableApplicationContext service, String liveId) {
        this.service = service;
        this.giftSends = service.getBean(GiftSends.class);
        this.desk = service.getBean(WalletDesk.class);
        this.relay = service.getBean(Relay.class);
        this.liveId = liveId;
    }

    static ConfettiWriteSide start(Engines engines) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.main.banner-mode", "off");
        settings.put("server.port", 0);
        settings.put("server.address", "127.0.0.1");
        settings.put("confetti.postgres.url", engines.postgres().jdbcUrl());
        settings.put("confetti.postgres.user", engines.postgres().user());
        settings.put("confetti.postgres.password", engines.postgres().password());
        settings.put("confetti.kafka.bootstrap", engines.kafkaBootstrap());
        settings.put("confetti.dev-auth", true);
        settings.put("confetti.service-token", SERVICE_TOKEN);
        settings.put("confetti.policy.sendsPerSecond", 1_000);
        settings.put("confetti.policy.publisherLease", "PT10M");
        ConfigurableApplicationContext service =
                new SpringApplicationBuilder(GiftService.class).properties(settings).run();
        try {
            return new ConfettiWriteSide(service, activeLive(service));
        } catch (IOException | ApiProblem e) {
            service.close();
            throw new BenchFailure("expected a live to send to: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            service.close();
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    /** A live that counts as published: what the gateway would say is said here. */
    private static String activeLive(ConfigurableApplicationContext service)
            throws IOException, InterruptedException, ApiProblem {
        URI url =
                URI.create(
                        "http://127.0.0.1:"
                                + service.getEnvironment().getProperty("local.server.port"));
        try (ConfettiApi api = new ConfettiApi(url);
                HttpClient http = HttpClient.newHttpClient()) {
            String token = api.devToken("bench-creator", "Bench", List.of("creator"));
            NewLive live = api.createLive(token, "Bench", List.of());
            String publisher = UUID.randomUUID().toString();
            URI publishers = url.resolve("/internal/v1/lives/" + live.liveId() + "/publishers");
            say(
                    http,
                    publishers,
                    "{\"streamKey\":\"%s\",\"publisherId\":\"%s\"}"
                            .formatted(live.streamKey(), publisher));
            say(http, URI.create(publishers + "/" + publisher + "/started"), "");
            return live.liveId();
        }
    }

    private static void say(HttpClient http, URI uri, String json)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(uri)
                                .header("Authorization", "Bearer " + SERVICE_TOKEN)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(uri + ": expected 200, got " + answer.body());
        }
    }

    @Override
    public void fund(String viewerId, String key) {
        var _ =
                desk.grant(
                        "bench-admin",
                        IdempotencyKey.of(key),
                        viewerId,
                        new GrantRequest(COINS_EACH, "bench"));
    }

    @Override
    public void send(String viewerId, String key) {
        var _ =
                giftSends.send(
                        viewerId,
                        IdempotencyKey.of(key),
                        new SendGiftRequest(liveId, "ant", 1, null));
    }

    /**
     * Appends gifts of one coin to a wallet's stream, in large batches and past the service: by the
     * wallet's own rules, each a minute after the one before.
     */
    void fillHistory(String viewerId, int gifts) {
        EventLog log = service.getBean(EventLog.class);
        SpendingRules rules = service.getBean(SpendingRules.class);
        long sequence = 0;
        WalletState state = WalletState.EMPTY;
        for (LogRecord row : log.readStream(Wallet.STREAM_TYPE, viewerId, 0)) {
            state = state.evolve(row.event(), row.occurredAt());
            sequence = row.sequence() + 1;
        }
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS).minus(Duration.ofMinutes(gifts));
        List<NewEvent> batch = new ArrayList<>();
        for (int i = 0; i < gifts; i++) {
            at = at.plus(Duration.ofMinutes(1));
            UUID id = EventIds.of(viewerId, "fill-history", Integer.toString(i));
            SendGift send =
                    new SendGift(
                            id, at, viewerId, liveId, "bench-creator", "ant", "Ant", 1, 1, 1, 1);
            if (!(WalletRules.decide(state, send, rules)
                    instanceof WalletDecision.Accepted(ConfettiEvent event, _))) {
                throw new BenchFailure("gift " + i + " of the history was refused");
            }
            state = state.evolve(event, at);
            batch.add(
                    new NewEvent(
                            id,
                            Wallet.STREAM_TYPE,
                            viewerId,
                            sequence + i,
                            EventType.of(event).typeName(),
                            EventCodec.encode(event),
                            at));
            if (batch.size() == HISTORY_BATCH || i == gifts - 1) {
                var _ = log.append(batch);
                batch = new ArrayList<>();
            }
        }
    }

    @Override
    public OptionalLong lagPositions() {
        return relay.lagPositions();
    }

    @Override
    public void close() {
        service.close();
    }
}
