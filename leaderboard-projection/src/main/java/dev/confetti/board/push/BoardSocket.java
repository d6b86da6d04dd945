package dev.confetti.board.push;

import dev.confetti.board.view.BoardProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener by WebSocket, with a virtual thread that sleeps until there is something. What the
 * client sends is ignored; one that neither reads nor answers pings is let go.
 */
final class BoardSocket extends Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(BoardSocket.class);

    /** Clients have nothing to say; more at once ends the connection. */
    private static final int MOST_INPUT_BYTES = 256;

    /** So many pings without an answer mean that nobody is there. */
    private static final int UNANSWERED_PINGS = 4;

    private static final String VERSION = "13";

    // Names of Tomcat's, beyond the standard.
    private static final String SEND_TIMEOUT_MS =
            "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
    private static final String READ_IDLE_TIMEOUT_MS =
            "org.apache.tomcat.websocket.READ_IDLE_TIMEOUT_MS";

    private final Subscription subscription;
    private final PushPolicy policy;

    private BoardSocket(Subscription subscription, PushPolicy policy) {
        this.subscription = subscription;
        this.policy = policy;
    }

    /**
     * Looks at what the client must say to change to WebSocket.
     *
     * @throws BoardProblem when it says something else
     */
    static void check(HttpServletRequest request) {
        String version = request.getHeader("Sec-WebSocket-Version");
        String key = request.getHeader("Sec-WebSocket-Key");
        if (!VERSION.equals(version) || key == null) {
            throw BoardProblem.malformed(
                    "Sec-WebSocket-Version \""
                            + version
                            + "\", Sec-WebSocket-Key \""
                            + key
                            + "\": expected "
                            + VERSION
                            + " and a key");
        }
    }

    /** Answers a checked request by changing to WebSocket. */
    static void open(
            Subscription subscription,
            PushPolicy policy,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        BoardSocket socket = new BoardSocket(subscription, policy);
        try {
            if (!(request.getServletContext().getAttribute(ServerContainer.class.getName())
                    instanceof ServerContainer container)) {
                throw new IllegalStateException("expected a server that speaks WebSocket");
            }
            container.setDefaultMaxTextMessageBufferSize(MOST_INPUT_BYTES);
            container.setDefaultMaxBinaryMessageBufferSize(MOST_INPUT_BYTES);
            container.upgradeHttpToWebSocket(request, response, socket.configuration(), Map.of());
        } catch (DeploymentException e) {
            subscription.close();
            throw new IOException("no change to WebSocket: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            subscription.close();
            throw e;
        }
        if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
            subscription.close();
        }
    }

    private ServerEndpointConfig configuration() {
        return ServerEndpointConfig.Builder.create(BoardSocket.class, "/")
                .configurator(
                        new ServerEndpointConfig.Configurator() {
                            @Override
                            public <T> T getEndpointInstance(Class<T> type) {
                                return type.cast(BoardSocket.this);
                            }

                            // Boards are open to all, from every page.
                            @Override
                            public boolean checkOrigin(String origin) {
                                return true;
                            }

                            // No compression: it would keep a dictionary for each listener.
                            @Override
                            public List<Extension> getNegotiatedExtensions(
                                    List<Extension> installed, List<Extension> requested) {
                                return List.of();
                            }
                        })
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig configuration) {
        session.getUserProperties().put(SEND_TIMEOUT_MS, policy.writeTimeout().toMillis());
        session.getUserProperties()
                .put(READ_IDLE_TIMEOUT_MS, policy.heartbeat().toMillis() * UNANSWERED_PINGS);
        session.addMessageHandler(new IgnoredText());
        session.addMessageHandler(new IgnoredBytes());
        Thread.ofVirtual().name("board-socket").start(() -> serve(session));
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        subscription.close();
    }

    @Override
    public void onError(Session session, Throwable trouble) {
        LOG.debug("a listener is gone: {}", trouble.toString());
    }

    private void serve(Session session) {
        try (subscription;
                session) {
            RemoteEndpoint.Basic remote = session.getBasicRemote();
            for (var next = subscription.next(); next != null; next = subscription.next()) {
                switch (next) {
                    case Subscription.Send send -> remote.sendText(send.message().text());
                    case Subscription.Heartbeat heartbeat ->
                            remote.sendPing(ByteBuffer.allocate(0));
                }
            }
            if (session.isOpen()) {
                session.close(
                        new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "come back later"));
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a listener is gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Classes, since the server reads from them which messages they take.

    private static final class IgnoredText implements MessageHandler.Whole<String> {
        @Override
        public void onMessage(String text) {}
    }

    private static final class IgnoredBytes implements MessageHandler.Whole<ByteBuffer> {
        @Override
        public void onMessage(ByteBuffer bytes) {}
    }
}
