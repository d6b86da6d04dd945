package dev.confetti.board;

import dev.confetti.board.view.BoardPolicy;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jwt.JwtDecoder;

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

    /** Tokens, by which members may see their own place while they are hidden. */
    @Bean
    JwtDecoder boardJwtDecoder(Environment settings) {
        return SignIn.decoder(settings);
    }

    private static void check(Environment settings) {
        var _ = BoardPolicy.from(settings);
        var _ = SignIn.decoder(settings);
        EngineCheck.redis(settings.resolvePlaceholders(BoardConfiguration.REDIS_URL));
        EngineCheck.kafka(
                settings.resolvePlaceholders(BoardConfiguration.KAFKA_BOOTSTRAP),
                OwnProcess.startTimeout(settings));
    }
}
