package dev.confetti.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The platform's ports, all moved by an offset at which they were found free. */
record Ports(int offset) {
    /** For tests that switch TLS on; unmoved. */
    static final int MEDIA_TLS = 8443;

    static final int RTMPS = 1936;
    private static final List<Integer> UNMOVED =
            List.of(8080, 8088, MEDIA_TLS, 1935, RTMPS, 15432, 19092, 16379);

    static Ports free() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int offset = ThreadLocalRandom.current().nextInt(10_000, 40_000);
            if (UNMOVED.stream().allMatch(port -> isFree(port + offset))) {
                return new Ports(offset);
            }
        }
        throw new IllegalStateException("no free port offset found in 100 attempts");
    }

    int http() {
        return 8080 + offset;
    }

    int media() {
        return 8088 + offset;
    }

    int mediaTls() {
        return MEDIA_TLS + offset;
    }

    int rtmps() {
        return RTMPS + offset;
    }

    int rtmp() {
        return 1935 + offset;
    }

    int postgres() {
        return 15432 + offset;
    }

    int kafka() {
        return 19092 + offset;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (java.net.BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
