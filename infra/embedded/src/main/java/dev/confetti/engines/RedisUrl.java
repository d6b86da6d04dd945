package dev.confetti.engines;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What {@code CONFETTI_REDIS_URL} may be: a server, or several of a cluster between commas. */
final class RedisUrl {
    private static final String EXPECTED =
            "expected redis://[user:password@]host[:port][/database], or rediss:// with TLS, or"
                    + " several host[:port] between commas for a cluster";

    private static final String HOST = "(\\[[0-9A-Fa-f:.]+]|[^\\s:@\\[\\]]+)(:\\d{1,5})?";

    private static final int MOST_PORT = 65_535;

    private RedisUrl() {}

    /**
     * The servers that a URL names, each by a URL of its own.
     *
     * @throws EngineException when it is something else; the message leaves the password out
     */
    static List<URI> servers(URI url) {
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        int at = authority.lastIndexOf('@');
        String user = authority.substring(0, at + 1);
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String[] hosts = authority.substring(at + 1).split(",", -1);
        if (!List.of("redis", "rediss").contains(String.valueOf(url.getScheme()))
                || authority.indexOf('@') != at
                || !path.matches(hosts.length > 1 ? "/?|/0" : "/?|/[0-9]{1,4}")) {
            throw refused(url);
        }
        List<URI> servers = new ArrayList<>();
        for (String host : hosts) {
            if (!host.matches(HOST) || port(withPort(host)) > MOST_PORT) {
                throw refused(url);
            }
            servers.add(URI.create(url.getScheme() + "://" + user + withPort(host) + path));
        }
        return servers;
    }

    private static String withPort(String host) {
        return host.matches(".*:\\d{1,5}") && !host.endsWith("]") ? host : host + ":6379";
    }

    private static int port(String host) {
        return Integer.parseInt(host.substring(host.lastIndexOf(':') + 1));
    }

    private static EngineException refused(URI url) {
        return new EngineException(
                "Redis URL '" + url.toString().replaceFirst("//[^/]*@", "//…@") + "': " + EXPECTED);
    }
}
