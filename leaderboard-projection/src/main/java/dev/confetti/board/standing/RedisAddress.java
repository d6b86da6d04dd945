package dev.confetti.board.standing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is.
 *
 * @param nodes one server, or some of a cluster's, from which the others are found
 * @param user null for the default one
 * @param password null for none
 * @param database 0 on a cluster, which has no other
 * @param tls whether the URL began with {@code rediss}
 */
record RedisAddress(
        List<HostAndPort> nodes,
        @Nullable String user,
        @Nullable String password,
        int database,
        boolean tls) {
    static final String EXPECTED =
            "redis[s]://[user:password@]host[:port][/database], or"
                    + " redis[s]://[user:password@]host[:port],host[:port],… for a cluster";

    private static final int DEFAULT_PORT = 6379;

    RedisAddress {
        nodes = List.copyOf(nodes);
    }

    /**
     * Reads {@code redis[s]://[user:password@]host[:port][/database]}, or, for a cluster, the same
     * with several {@code host[:port]} between commas and without a database. A cluster of which
     * one address is known is named by giving that twice.
     *
     * @throws IllegalArgumentException when it is something else; the message leaves the password
     *     out
     */
    static RedisAddress of(URI url) {
        boolean tls = "rediss".equals(url.getScheme());
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        int at = authority.lastIndexOf('@');
        String hosts = authority.substring(at + 1);
        String path = url.getPath() == null ? "" : url.getPath();
        List<HostAndPort> nodes = new ArrayList<>();
        for (String host : hosts.split(",", -1)) {
            nodes.add(node(host, hosts, url));
        }
        if (authority.indexOf('@') != at
                || !(tls || "redis".equals(url.getScheme()))
                || !path.matches(nodes.size() > 1 ? "/?|/0" : "/?|/[0-9]{1,4}")) {
            throw refused(hosts, url);
        }
        String userInfo = at < 0 ? "" : decoded(authority.substring(0, at));
        int colon = userInfo.indexOf(':');
        return new RedisAddress(
                nodes,
                colon > 0 ? userInfo.substring(0, colon) : null,
                userInfo.isEmpty() ? null : userInfo.substring(colon + 1),
                path.length() < 2 ? 0 : Integer.parseInt(path.substring(1)),
                tls);
    }

    boolean isCluster() {
        return nodes.size() > 1;
    }

    private static HostAndPort node(String text, String hosts, URI url) {
        URI alone;
        try {
            alone = URI.create("redis://" + text);
        } catch (IllegalArgumentException e) {
            throw refused(hosts, url);
        }
        if (alone.getHost() == null || alone.getUserInfo() != null) {
            throw refused(hosts, url);
        }
        return new HostAndPort(
                alone.getHost(), alone.getPort() < 0 ? DEFAULT_PORT : alone.getPort());
    }

    /** What {@link URI#getUserInfo} would say if it knew several hosts. */
    private static String decoded(String userInfo) {
        String decoded = URI.create("redis://" + userInfo + "@host").getUserInfo();
        return decoded == null ? "" : decoded;
    }

    private static IllegalArgumentException refused(String hosts, URI url) {
        return new IllegalArgumentException(
                "confetti.redis.url with scheme "
                        + url.getScheme()
                        + ", hosts "
                        + hosts
                        + ", path "
                        + url.getPath()
                        + ": expected "
                        + EXPECTED);
    }
}
