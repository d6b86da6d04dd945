package dev.confetti.board.profile;

import com.redis.om.spring.RedisModulesConfiguration;
import com.redis.om.spring.annotations.EnableRedisEnhancedRepositories;
import dev.confetti.board.standing.RedisAddress;
import java.net.URI;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * redis-om in a context of its own. Its configuration brings a cache manager, Gson, proxies and
 * templates along, which are none of the business of the application that the boards run in.
 */
public final class ProfileDocuments implements AutoCloseable {
    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();

    /** Prepares access; connections are made when first used. */
    public ProfileDocuments(URI url) {
        RedisAddress address = RedisAddress.of(url);
        context.registerBean(
                "jedisConnectionFactory",
                JedisConnectionFactory.class,
                () -> connections(address),
                definition -> definition.setPrimary(true));
        context.register(Wiring.class);
        context.refresh();
    }

    public ProfileRepository repository() {
        return context.getBean(ProfileRepository.class);
    }

    @Override
    public void close() {
        context.close();
    }

    /** With a pool: redis-om's own factory opens a connection for each operation. */
    private static JedisConnectionFactory connections(RedisAddress address) {
        RedisStandaloneConfiguration server =
                new RedisStandaloneConfiguration(address.host(), address.port());
        server.setDatabase(address.database());
        if (address.user() != null) {
            server.setUsername(address.user());
        }
        server.setPassword(RedisPassword.of(address.password()));
        JedisClientConfiguration.JedisClientConfigurationBuilder client =
                JedisClientConfiguration.builder();
        client.usePooling();
        if (address.tls()) {
            client.useSsl();
        }
        return new JedisConnectionFactory(server, client.build());
    }

    @Configuration(proxyBeanMethods = false)
    @Import(RedisModulesConfiguration.class)
    @EnableRedisEnhancedRepositories(basePackageClasses = ProfileRepository.class)
    static class Wiring {}
}
