package dev.confetti.board;

import dev.confetti.board.api.BoardApi;
import dev.confetti.board.api.BoardCallers;
import dev.confetti.board.projector.BoardProjector;
import dev.confetti.board.projector.ProjectorMetrics;
import dev.confetti.board.push.BoardPush;
import dev.confetti.board.push.EventWriter;
import dev.confetti.board.standing.BoardReader;
import dev.confetti.board.standing.BoardWriter;
import dev.confetti.board.view.BoardPolicy;
import dev.confetti.board.view.BoardViews;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** All of the leaderboards, to be imported by an application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BoardSettings.class)
@Import(BoardApi.class)
public class BoardConfiguration {
    static final String REDIS_URL = "${confetti.redis.url:redis://127.0.0.1:16379}";
    static final String KAFKA_BOOTSTRAP = "${confetti.kafka.bootstrap:127.0.0.1:19092}";

    @Bean
    BoardEngines boardEngines(@Value(REDIS_URL) URI redisUrl) {
        return new BoardEngines(redisUrl);
    }

    @Bean
    BoardProjector boardProjector(
            @Value(KAFKA_BOOTSTRAP) String bootstrap,
            BoardSettings settings,
            BoardEngines engines,
            MeterRegistry registry) {
        BoardWriter writer =
                new BoardWriter(
                        engines.redis(),
                        settings.retention().checked(),
                        UUID.randomUUID().toString());
        return new BoardProjector(
                bootstrap,
                settings.batchEvents(),
                writer,
                engines.names(),
                new ProjectorMetrics(registry));
    }

    @Bean
    BoardPolicy boardPolicy(Environment environment) {
        return BoardPolicy.from(environment);
    }

    /** By the tokens that the application takes; without any, nobody sees who is hidden. */
    @Bean
    BoardCallers boardCallers(ObjectProvider<JwtDecoder> decoder) {
        return new BoardCallers(decoder.getIfAvailable());
    }

    @Bean
    BoardViews boardViews(BoardEngines engines, BoardPolicy policy) {
        return new BoardViews(
                new BoardReader(engines.redis()), engines.names(), policy, InstantSource.system());
    }

    @Bean
    BoardPush boardPush(BoardViews views, BoardSettings settings, MeterRegistry registry) {
        // A mapper of our own: whatever the application sets up, an event must stay on one line.
        BoardPush push =
                new BoardPush(
                        views,
                        new EventWriter(JsonMapper.builder().build()),
                        settings.push().checked());
        registry.gauge("confetti.boards.listeners", push, BoardPush::listeners);
        return push;
    }

    @Bean
    BoardRunner boardRunner(BoardProjector projector, BoardPush push) {
        return new BoardRunner(projector, push);
    }

    @Bean
    BoardHealth boardHealth(BoardProjector projector) {
        return new BoardHealth(projector);
    }

    /** Boards are open to all. */
    @Bean
    @Order(20)
    SecurityFilterChain boardSecurity(HttpSecurity http) {
        return http.securityMatcher("/v1/leaderboards/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}
