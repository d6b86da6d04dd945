package dev.confetti.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ports that servers are to listen on. */
public final class Ports {
    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
    private static final String LOOPBACK = "127.0.0.1";

    // Below the range from which systems give ports to outgoing connections.
    private static final int FREE_FROM = 20_000;
    private static final int FREE_TO = 32_000;
    private static final int ATTEMPTS = 5;

    private static final Set<Integer> HANDED_OUT = new HashSet<>();

    private Ports() {}

    /** A loopback port on which nobody listens, and which was not given before in this JVM. */
    public static int free() {
        synchronized (HANDED_OUT) {
            while (true) {
                int port = ThreadLocalRandom.current().nextInt(FREE_FROM, FREE_TO);
                if (!HANDED_OUT.contains(port) && isFree(port)) {
                    HANDED_OUT.add(port);
                    return port;
                }
            }
        }
    }

    /**
     * Starts a server on a port of its own.
     *
     * @param port 0 for a free one; should somebody else take that one in the meantime, another is
     *     tried
     * @throws EngineException when the wanted port is in use, or from the start itself
     */
    static <T> T startOn(String who, int port, IntFunction<T> start) {
        if (port != 0) {
            requireFree(who, LOOPBACK, port);
            return start.apply(port);
        }
        for (int attempt = 1; ; attempt++) {
            int free = free();
            try {
                return start.apply(free);
            } catch (EngineException e) {
                if (attempt == ATTEMPTS || isFree(free)) {
                    throw e;
                }
                LOG.info("{}: port {} was taken in the meantime, trying another", who, free);
            }
        }
    }

    /**
     * Makes sure that nobody listens on a port yet.
     *
     * @throws EngineException naming the port, who wanted it and what to do
     */
    public static void requireFree(String who, String address, int port) {
        try {
            tryBind(address, port);
        } catch (IOException e) {
            throw new EngineException(
                    who
                            + " cannot listen on "
                            + address
                            + ":"
                            + port
                            + " ("
                            + e.getMessage()
                            + "): stop what uses the port, or move all ports with --port-offset N",
                    e);
        }
    }

    private static boolean isFree(int port) {
        try {
            tryBind(LOOPBACK, port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void tryBind(String address, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        }
    }
}
