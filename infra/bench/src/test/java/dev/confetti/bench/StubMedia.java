package dev.confetti.bench;

import dev.confetti.bench.media.CueBytes;
import dev.confetti.demo.flv.FlvBytes;
import dev.confetti.demo.flv.FlvTag;
import dev.confetti.demo.rtmp.StubRtmpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A media port that relays what an RTMP stub receives, as chunked HTTP-FLV, with gifts as cues and
 * as events.
 */
final class StubMedia implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final List<BlockingQueue<byte[]>> viewers = new CopyOnWriteArrayList<>();
    private final List<BlockingQueue<byte[]>> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> cues = new LinkedBlockingQueue<>();
    private volatile String query = "";
    private final StubRtmpServer rtmp;
    private final Thread relay;

    StubMedia(StubRtmpServer rtmp) throws IOException {
        this.rtmp = rtmp;
        this.relay = Thread.ofVirtual().start(this::relay);
        Thread.ofVirtual().start(this::accept);
    }

    /** Play URLs need this after them from now on, such as {@code ?token=x}. */
    void needs(String afterUrls) {
        query = afterUrls;
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** A gift goes into the next picture, and out as an event. */
    void gift(String giftSendId) {
        cues.add(giftSendId);
        byte[] event =
                ("id: 1\nevent: gift\ndata: {\"giftSendId\":\"" + giftSendId + "\"}\n\n")
                        .getBytes(StandardCharsets.UTF_8);
        listeners.forEach(queue -> queue.add(event));
    }

    private void relay() {
        try {
            while (true) {
                StubRtmpServer.Received packet = rtmp.next();
                if (packet.type() == FlvTag.VIDEO && packet.body()[1] == 1) {
                    List<String> ids = new ArrayList<>();
                    cues.drainTo(ids);
                    byte[] tag = FlvBytes.tag(CueBytes.picture(packet.timestampMs(), ids));
                    viewers.forEach(queue -> queue.add(tag));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            String path = in.readLine();
            boolean entitled = path.contains(query + " ");
            path = path.replaceFirst("[?][^ ]*", "");
            while (!in.readLine().isEmpty()) {}
            OutputStream out = socket.getOutputStream();
            boolean flv = path.contains(".flv ");
            if (!entitled) {
                out.write(
                        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            if (path.contains("nope") || (!flv && !path.contains("/gifts "))) {
                out.write(
                        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            String type = flv ? "video/x-flv" : "text/event-stream";
            out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: "
                                    + type
                                    + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
            if (flv) {
                queue.add(FlvBytes.file(List.of()));
            }
            (flv ? viewers : listeners).add(queue);
            while (true) {
                byte[] bytes = queue.take();
                out.write(
                        String.format(Locale.ROOT, "%x\r\n", bytes.length)
                                .getBytes(StandardCharsets.US_ASCII));
                out.write(bytes);
                out.write('\r');
                out.write('\n');
            }
        } catch (IOException e) {
            // The viewer left.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        relay.interrupt();
        server.close();
    }
}
