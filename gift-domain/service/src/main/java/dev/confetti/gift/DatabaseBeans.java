package dev.confetti.gift;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.gift.GiftSettings.Postgres;
import dev.confetti.gift.log.GiftDatabase;
import java.time.Clock;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The service's database, brought up to this build, and its clock. */
@Configuration(proxyBeanMethods = false)
class DatabaseBeans {
    private static final int CONNECT_TIMEOUT_MS = 10_000;

    @Bean(destroyMethod = "close")
    GiftDatabase giftDatabase(GiftSettings settings) {
        Postgres postgres = settings.postgres();
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("gift");
        pool.setJdbcUrl(postgres.url());
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(postgres.connections());
        pool.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        // Otherwise an error in a batch would carry its values, such as bank details, into logs.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        GiftDatabase database = new GiftDatabase(new HikariDataSource(pool));
        try {
            return database.migrate();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * To the microsecond, as the log and the tables keep time: what is decided on is what is read
     * again. Primary, so that another module's clock beside it confuses nobody.
     */
    @Bean
    @Primary
    InstantSource giftClock() {
        return Clock.tick(Clock.systemUTC(), ChronoUnit.MICROS.getDuration());
    }
}
