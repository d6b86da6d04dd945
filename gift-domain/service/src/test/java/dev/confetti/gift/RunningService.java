package dev.confetti.gift;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.gift.Http.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The gift service on a real port and a real database, and what tests do with it most. */
public final class RunningService implements AutoCloseable {
    static final String SERVICE_TOKEN = "test-service-token";

    /** The name of the clock's bean. */
    public static final String CLOCK = "giftClock";

    private final ConfigurableApplicationContext context;
    private final Http http;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
        var server = (ServletWebServerApplicationContext) context;
        this.http = new Http(Objects.requireNonNull(server.getWebServer()).getPort());
    }

    /**
     * Starts it, without a relay unless {@code settings} say so.
     *
     * @param settings {@code key=value}
     */
    static RunningService start(PostgresEndpoint postgres, String... settings) {
        return start(postgres, List.of(), Map.of(), settings);
    }

    /**
     * Starts it on a clock of the test's own.
     *
     * @param clock to the microsecond, as the service's
     */
    static RunningService start(
            PostgresEndpoint postgres, InstantSource clock, String... settings) {
        return start(postgres, List.of(), Map.of(CLOCK, clock), settings);
    }

    /**
     * Starts it beside other modules, behind one port, with beans in place of its own.
     *
     * @param modules configuration classes
     * @param inPlace beans by the names of those that they stand for
     * @param settings {@code key=value}
     */
    public static RunningService start(
            PostgresEndpoint postgres,
            List<Class<?>> modules,
            Map<String, Object> inPlace,
            String... settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.put("confetti.postgres.url", postgres.jdbcUrl());
        all.put("confetti.postgres.user", postgres.user());
        all.put("confetti.postgres.password", postgres.password());
        all.put("management.endpoint.health.show-details", "always");
        all.put("confetti.dev-auth", "true");
        all.put("confetti.relay.enabled", "false");
        all.put("confetti.service-token", SERVICE_TOKEN);
        for (String setting : settings) {
            String[] keyAndValue = setting.split("=", 2);
            all.put(keyAndValue[0], keyAndValue[1]);
        }
        List<Class<?>> sources = new ArrayList<>(modules);
        sources.addFirst(GiftService.class);
        return new RunningService(
                new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                        .properties(OwnProcess.DEFAULTS)
                        .initializers(
                                context ->
                                        context.getBeanFactory()
                                                .addBeanPostProcessor(with(inPlace)))
                        .run(
                                all.entrySet().stream()
                                        .map(each -> "--" + each.getKey() + "=" + each.getValue())
                                        .toArray(String[]::new)));
    }

    private static BeanPostProcessor with(Map<String, Object> inPlace) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return inPlace.getOrDefault(name, bean);
            }
        };
    }

    public Http http() {
        return http;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** One of several of its type. */
    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** A token of the dev endpoint. */
    String token(String sub, String... roles) {
        Response answer =
                http.post(
                        "/v1/dev/tokens",
                        null,
                        null,
                        Map.of("sub", sub, "name", "Name of " + sub, "roles", List.of(roles)));
        if (answer.status() != 200) {
            throw new AssertionError("no token: " + answer);
        }
        return answer.text("token");
    }

    /** A live that media arrives for; its id. */
    public String activeLive(String creatorToken) {
        Response created =
                http.post(
                        "/v1/lives",
                        creatorToken,
                        null,
                        Map.of("title", "A live", "tags", List.of("test")));
        String liveId = created.text("liveId");
        String publisherId = UUID.randomUUID().toString();
        publish(liveId, created.text("streamKey"), publisherId);
        return liveId;
    }

    /** Does what the gateway does when somebody begins to publish. */
    void publish(String liveId, String streamKey, String publisherId) {
        String path = "/internal/v1/lives/" + liveId + "/publishers";
        Response admitted =
                http.post(
                        path,
                        SERVICE_TOKEN,
                        null,
                        Map.of("streamKey", streamKey, "publisherId", publisherId));
        Response started =
                http.post(path + "/" + publisherId + "/started", SERVICE_TOKEN, null, null);
        if (admitted.status() != 200 || started.status() != 200) {
            throw new AssertionError("not published: " + admitted + ", " + started);
        }
    }

    /** Promo coins for a viewer. */
    void grant(String adminToken, String viewerId, long coins) {
        Response granted =
                http.post(
                        "/v1/wallets/" + viewerId + "/grants",
                        adminToken,
                        UUID.randomUUID().toString(),
                        Map.of("coins", coins, "reason", "for a test"));
        if (granted.status() != 201) {
            throw new AssertionError("no coins: " + granted);
        }
    }

    /** Sends a gift. */
    Response send(String token, @Nullable String key, String liveId, String giftId, long quantity) {
        return http.post(
                "/v1/gift-sends",
                token,
                key,
                Map.of("liveId", liveId, "giftId", giftId, "quantity", quantity));
    }

    @Override
    public void close() {
        context.close();
    }
}
