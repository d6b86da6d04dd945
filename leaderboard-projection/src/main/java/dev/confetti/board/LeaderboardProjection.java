package dev.confetti.board;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The leaderboards as a service of their own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(BoardConfiguration.class)
public class LeaderboardProjection {
    public static void main(String[] args) {
        OwnProcess.run(
                "leaderboard-projection",
                LeaderboardProjection.class,
                LeaderboardProjection::check,
                args);
    }

    private static void check(Environment settings) {
        EngineCheck.redis(settings.resolvePlaceholders(BoardConfiguration.REDIS_URL));
        EngineCheck.kafka(
                settings.resolvePlaceholders(BoardConfiguration.KAFKA_BOOTSTRAP),
                OwnProcess.startTimeout(settings));
    }
}
