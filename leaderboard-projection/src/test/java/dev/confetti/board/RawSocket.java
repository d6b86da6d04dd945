package dev.confetti.board;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that says its handshake and then does only what a test has it do. */
final class RawSocket implements AutoCloseable {
    /** Final, masked by zeros, as clients must. */
    private static final byte[] EMPTY_PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    private final Socket socket = new Socket();
    private String head = "";

    /**
     * Connects and asks.
     *
     * @param receiveBytes the receive buffer's size; 0 for the system's
     */
    RawSocket(int port, String path, String version, int receiveBytes) throws IOException {
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(
                        """
                        GET /v1/leaderboards/%s HTTP/1.1\r
                        Host: here\r
                        Connection: Upgrade\r
                        Upgrade: websocket\r
                        Sec-WebSocket-Version: %s\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Sec-WebSocket-Extensions: permessage-deflate\r
                        \r
                        """
                                .formatted(path, version)
                                .getBytes(StandardCharsets.US_ASCII));
    }

    /** The answer's head. */
    String readHead() throws IOException {
        head = readUntil("\r\n\r\n");
        return head;
    }

    String head() {
        return head;
    }

    String readUntil(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the server ended after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** Answers a ping that nobody has read; false when the server takes nothing more. */
    boolean pong() {
        try {
            socket.getOutputStream().write(EMPTY_PONG);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
