package dev.confetti.board.standing;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis server is.
 *
 * @param user null for the default one
 * @param password null for none
 * @param tls whether the URL began with {@code rediss}
 */
public record RedisAddress(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        int database,
        boolean tls) {
    private static final int DEFAULT_PORT = 6379;

    /**
     * Reads {@code redis[s]://[user:password@]host[:port][/database]}.
     *
     * @throws IllegalArgumentException when it is something else; the message leaves the password
     *     out
     */
    public static RedisAddress of(URI url) {
        String host = url.getHost();
        String path = url.getPath() == null ? "" : url.getPath();
        boolean tls = "rediss".equals(url.getScheme());
        if (host == null
                || !(tls || "redis".equals(url.getScheme()))
                || !path.matches("/?|/[0-9]{1,4}")) {
            throw new IllegalArgumentException(
                    "confetti.redis.url with host "
                            + host
                            + ", scheme "
                            + url.getScheme()
                            + ": expected redis[s]://[user:password@]host[:port][/database]");
        }
        String userInfo = url.getUserInfo() == null ? "" : url.getUserInfo();
        int colon = userInfo.indexOf(':');
        return new RedisAddress(
                host,
                url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
                colon > 0 ? userInfo.substring(0, colon) : null,
                userInfo.isEmpty() ? null : userInfo.substring(colon + 1),
                path.length() < 2 ? 0 : Integer.parseInt(path.substring(1)),
                tls);
    }
}
