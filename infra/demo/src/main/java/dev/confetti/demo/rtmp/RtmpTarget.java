package dev.confetti.demo.rtmp;

import java.net.URI;

/**
 * Where to publish.
 *
 * @param application the first part of the path, {@code live}
 * @param streamName what follows it, here {@code {liveId}?key={streamKey}}
 */
public record RtmpTarget(String host, int port, String application, String streamName) {
    private static final int DEFAULT_PORT = 1935;

    /**
     * The place of one live on a server.
     *
     * @param server {@code rtmp://HOST[:PORT][/APPLICATION]}; anything after the application is
     *     left out
     * @throws IllegalArgumentException when that is no RTMP address
     */
    public static RtmpTarget of(String server, String liveId, String streamKey) {
        URI uri = URI.create(server);
        if (!"rtmp".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "expected rtmp://HOST[:PORT][/APPLICATION], got " + server);
        }
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        int slash = path.indexOf('/');
        String application = slash < 0 ? path : path.substring(0, slash);
        return new RtmpTarget(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                application.isEmpty() ? "live" : application,
                liveId + "?key=" + streamKey);
    }

    String connectionUrl() {
        return "rtmp://" + host + ":" + port + "/" + application;
    }

    /** The target without its key, for logs. */
    @Override
    public String toString() {
        return connectionUrl() + "/" + streamName.replaceFirst("key=.*", "key=…");
    }
}
