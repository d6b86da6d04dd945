package dev.confetti.board;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The leaderboards as a service of their own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(BoardConfiguration.class)
public class LeaderboardProjection {
    public static void main(String[] args) {
        SpringApplication.run(LeaderboardProjection.class, args);
    }
}
