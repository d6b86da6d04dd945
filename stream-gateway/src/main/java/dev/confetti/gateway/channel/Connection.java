package dev.confetti.gateway.channel;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One client's connection, whatever it speaks: who it is, what it came for, what went over it. It
 * leaves one line in the log when it ends. Counters are written on the channel's event loop, and
 * read from anywhere.
 */
public final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf("confetti.connection");

    /** A user agent is a stranger's text, kept for as long as the connection. */
    private static final int MAX_AGENT_CHARS = 200;

    /** Is told of each connection that came for media or gifts; must not block. */
    public interface Observer {
        Observer NONE =
                new Observer() {
                    @Override
                    public void began(Connection connection) {}

                    @Override
                    public void ended(Connection connection) {}
                };

        void began(Connection connection);

        void ended(Connection connection);
    }

    /** What a connection came for. */
    public enum Role {
        /** Not said yet; plain HTTP requests, scanners, those who are refused. */
        NONE,
        PUBLISHER,
        VIEWER,
        GIFT_LISTENER
    }

    /** What it came for, and how; replaced as a whole. */
    private record Purpose(
            Role role, String protocol, String liveId, String userAgent, String viewerId) {}

    private final Channel channel;
    private final UUID id;
    private final String remoteAddress;
    private final Instant openedAt;
    private final Observer observer;
    private final AtomicLong receivedBytes = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong droppedUnits = new AtomicLong();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong lagMs = new AtomicLong();
    private volatile Purpose purpose = new Purpose(Role.NONE, "", "", "", "");
    private volatile String endReason = "";

    private Connection(Channel channel, UUID id, Instant openedAt, Observer observer) {
        this.channel = channel;
        this.id = id;
        this.openedAt = openedAt;
        this.observer = observer;
        this.remoteAddress = text(channel.remoteAddress());
    }

    /** Begins with a channel that was let in, and ends with it. */
    public static Connection open(Channel channel, UUID id, Instant now, Observer observer) {
        Connection connection = new Connection(channel, id, now, observer);
        channel.attr(KEY).set(connection);
        channel.closeFuture().addListener(_ -> connection.closed(Instant.now()));
        return connection;
    }

    /** The connection of a channel; each request of HTTP/2 has one of its own. */
    public static Connection of(Channel channel) {
        Connection connection = channel.attr(KEY).get();
        if (connection != null) {
            return connection;
        }
        Connection parent = channel.parent() == null ? null : channel.parent().attr(KEY).get();
        return open(
                channel,
                UUID.randomUUID(),
                Instant.now(),
                parent == null ? Observer.NONE : parent.observer);
    }

    private static String text(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(address);
    }

    /**
     * It has said what it came for.
     *
     * @param protocol such as {@code rtmp}, {@code http-flv}
     * @param userAgent as it calls itself; may be empty
     * @param viewerId who it is by its play token; empty where it showed none
     */
    public void began(
            Role role, String protocol, String liveId, String userAgent, String viewerId) {
        String agent = userAgent.substring(0, Math.min(userAgent.length(), MAX_AGENT_CHARS));
        purpose =
                new Purpose(role, protocol, liveId, agent.replaceAll("\\p{Cntrl}", "?"), viewerId);
        observer.began(this);
    }

    /** Why it is about to end; the first reason counts. */
    public void ends(String reason) {
        if (endReason.isEmpty()) {
            endReason = reason;
        }
    }

    private void closed(Instant now) {
        Purpose last = purpose;
        boolean served = last.role() != Role.NONE;
        // Health checks and scanners come all day.
        LoggingEventBuilder line = served || !endReason.isEmpty() ? LOG.atInfo() : LOG.atDebug();
        ends("the peer went");
        line.addKeyValue("id", id)
                .addKeyValue("remote", remoteAddress)
                .addKeyValue("role", last.role())
                .addKeyValue("protocol", last.protocol())
                .addKeyValue("live", last.liveId())
                .addKeyValue("viewer", last.viewerId())
                .addKeyValue("agent", last.userAgent())
                .addKeyValue("ms", Duration.between(openedAt, now).toMillis())
                .addKeyValue("in", receivedBytes())
                .addKeyValue("out", sentBytes())
                .addKeyValue("dropped", droppedUnits())
                .addKeyValue("end", endReason)
                .log("connection closed");
        if (served) {
            observer.ended(this);
        }
    }

    /** Ends it from outside. */
    public void kick(String reason) {
        ends(reason);
        Sending.close(channel);
    }

    public void received(long bytes) {
        receivedBytes.setPlain(receivedBytes.getPlain() + bytes);
    }

    public void sent(long bytes) {
        sentBytes.setPlain(sentBytes.getPlain() + bytes);
    }

    /** Pictures and packets that it did not get, being too slow. */
    public void dropped(long units) {
        droppedUnits.setPlain(droppedUnits.getPlain() + units);
    }

    /** Bytes that wait for it now. */
    public void queued(long bytes) {
        queuedBytes.setPlain(bytes);
    }

    /** How long the next of them has waited for room on the connection. */
    public void lag(long ms) {
        lagMs.setPlain(ms);
    }

    public UUID id() {
        return id;
    }

    /** Address and port. */
    public String remoteAddress() {
        return remoteAddress;
    }

    public Instant openedAt() {
        return openedAt;
    }

    public Role role() {
        return purpose.role();
    }

    public String protocol() {
        return purpose.protocol();
    }

    public String liveId() {
        return purpose.liveId();
    }

    public String userAgent() {
        return purpose.userAgent();
    }

    /** Who it is by its play token; empty where it showed none. */
    public String viewerId() {
        return purpose.viewerId();
    }

    public long receivedBytes() {
        return receivedBytes.getOpaque();
    }

    public long sentBytes() {
        return sentBytes.getOpaque();
    }

    public long droppedUnits() {
        return droppedUnits.getOpaque();
    }

    public long queuedBytes() {
        return queuedBytes.getOpaque();
    }

    public long lagMs() {
        return lagMs.getOpaque();
    }

    /** Empty while it is open and nobody has said why it should end. */
    public String endReason() {
        return endReason;
    }
}
