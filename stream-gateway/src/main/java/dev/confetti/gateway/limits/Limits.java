package dev.confetti.gateway.limits;

/**
 * What the gateway takes from the wire and holds in memory at most. Times in ms, sizes in bytes.
 *
 * @param connectTimeoutMs for handshake and {@code connect} of RTMP
 * @param commandTimeoutMs from {@code connect} to {@code publish} or {@code play}
 * @param headerTimeoutMs for a whole HTTP request
 * @param idleTimeoutMs that an HTTP connection may stay without a further request
 * @param publisherIdleMs without a message from a publisher
 * @param graceMs a stream stays without a publisher, and a publisher without the service
 * @param maxConnections of RTMP and HTTP together
 * @param maxMessageBytes of one RTMP message from an admitted publisher
 * @param maxUnfinishedBytes of unfinished RTMP messages on one connection
 * @param maxUnfinishedTotalBytes of unfinished RTMP messages on all connections
 * @param gopCacheBytes of a stream's pictures since the last key frame; a bigger GOP is not cached
 * @param clientQueueBytes of answers that may wait for a client that does not read them
 * @param backlogBytes that may wait for the slowest viewer of a stream and format on one event
 *     loop, before it has to wait for a key frame; all viewers share them
 * @param viewerLagMs that a viewer may be behind before it skips to the newest key frame
 * @param viewerStallMs that a viewer may take nothing before it is closed, and that an HTTP client
 *     may take for one answer
 * @param cuesPerPicture at most in one picture; more wait for the next
 * @param cuesQueued that may wait on one stream
 * @param videoStallMs without a picture, after which cues go out without one
 */
public record Limits(
        long connectTimeoutMs,
        long commandTimeoutMs,
        long headerTimeoutMs,
        long idleTimeoutMs,
        long publisherIdleMs,
        long graceMs,
        int maxConnections,
        int maxMessageBytes,
        int maxUnfinishedBytes,
        long maxUnfinishedTotalBytes,
        int gopCacheBytes,
        int clientQueueBytes,
        int backlogBytes,
        long viewerLagMs,
        long viewerStallMs,
        int cuesPerPicture,
        int cuesQueued,
        long videoStallMs) {

    public Limits {
        between("connectTimeoutMs", connectTimeoutMs, 50, 60_000);
        between("commandTimeoutMs", commandTimeoutMs, 50, 600_000);
        between("headerTimeoutMs", headerTimeoutMs, 50, 60_000);
        between("idleTimeoutMs", idleTimeoutMs, 50, 600_000);
        between("publisherIdleMs", publisherIdleMs, 50, 600_000);
        between("graceMs", graceMs, 0, 86_400_000);
        between("maxConnections", maxConnections, 1, 10_000_000);
        between("maxMessageBytes", maxMessageBytes, 65_536, (1 << 24) - 1 - 65_536);
        between("maxUnfinishedBytes", maxUnfinishedBytes, maxMessageBytes, 1 << 30);
        between("maxUnfinishedTotalBytes", maxUnfinishedTotalBytes, maxUnfinishedBytes, 1L << 40);
        between("gopCacheBytes", gopCacheBytes, 0, 1 << 30);
        between("clientQueueBytes", clientQueueBytes, 65_536, 1 << 30);
        between("backlogBytes", backlogBytes, 65_536, 1 << 30);
        between("viewerLagMs", viewerLagMs, 100, 600_000);
        between("viewerStallMs", viewerStallMs, 50, 86_400_000);
        between("cuesPerPicture", cuesPerPicture, 1, 64);
        between("cuesQueued", cuesQueued, 1, 1_000_000);
        between("videoStallMs", videoStallMs, 50, 60_000);
    }

    public static Limits defaults() {
        return new Limits(
                5_000, 10_000, 5_000, 60_000, 30_000, 60_000, 100_000, 8 << 20, 16 << 20, 256 << 20,
                16 << 20, 1 << 20, 8 << 20, 3_000, 30_000, 8, 10_000, 500);
    }

    public Limits withGraceMs(long ms) {
        return with(ms, maxConnections, viewerLagMs);
    }

    public Limits withMaxConnections(int connections) {
        return with(graceMs, connections, viewerLagMs);
    }

    public Limits withViewerLagMs(long ms) {
        return with(graceMs, maxConnections, ms);
    }

    private Limits with(long graceMs, int maxConnections, long viewerLagMs) {
        return new Limits(
                connectTimeoutMs,
                commandTimeoutMs,
                headerTimeoutMs,
                idleTimeoutMs,
                publisherIdleMs,
                graceMs,
                maxConnections,
                maxMessageBytes,
                maxUnfinishedBytes,
                maxUnfinishedTotalBytes,
                gopCacheBytes,
                clientQueueBytes,
                backlogBytes,
                viewerLagMs,
                viewerStallMs,
                cuesPerPicture,
                cuesQueued,
                videoStallMs);
    }

    private static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " " + value + ": expected " + least + " to " + most);
        }
    }
}
