package dev.confetti.demo.rtmp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An RTMP server of one page: takes publishers, or refuses them, and keeps what they send. */
public final class StubRtmpServer implements AutoCloseable {
    /** One message that came after publishing had begun. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Received(
            String streamName, int connection, int type, long timestampMs, byte[] body) {}

    private final ServerSocket server;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
    private volatile @Nullable Socket current;
    private volatile boolean pings;
    private int connections;

    public StubRtmpServer() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "rtmp://127.0.0.1:" + server.getLocalPort() + "/live";
    }

    /** Refuses the next publisher with this code, and the description "the key does not fit". */
    public void refuseNext(String code) {
        refusals.add(code);
    }

    /** Asks each publisher for a pong, once it publishes. */
    void ping() {
        pings = true;
    }

    /** Cuts the connection of now. */
    void drop() throws IOException {
        Objects.requireNonNull(current).close();
    }

    public Received next() throws InterruptedException {
        Received next = received.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was received for 30 s");
        }
        return next;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                current = socket;
                int number = ++connections;
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            byte[] first = in.readNBytes(1537);
            out.write(3);
            out.write(new byte[1536]);
            out.write(first, 1, 1536);
            in.readNBytes(1536);
            ChunkReader reader = new ChunkReader(in);
            ChunkWriter writer = new ChunkWriter(out);
            String name = "";
            while (true) {
                RtmpMessage message = reader.next();
                if (message.type() != RtmpMessage.COMMAND_AMF0) {
                    received.add(
                            new Received(
                                    name,
                                    number,
                                    message.type(),
                                    message.timestampMs(),
                                    message.body()));
                    continue;
                }
                List<@Nullable Object> command = Amf0.decode(message.body());
                switch (String.valueOf(command.getFirst())) {
                    case "connect" -> {
                        // A window so small that each answer must be acknowledged.
                        writer.write(2, new RtmpMessage(5, 0, 0, new byte[] {0, 0, 0, 50}));
                        writer.setChunkBytes(60);
                        reply(
                                writer,
                                0,
                                "_result",
                                command.get(1),
                                Map.of(),
                                Map.of("code", "NetConnection.Connect.Success"));
                    }
                    case "createStream" -> reply(writer, 0, "_result", command.get(1), null, 1);
                    case "publish" -> {
                        name = String.valueOf(command.get(3));
                        String refusal = refusals.poll();
                        if (refusal != null) {
                            reply(
                                    writer,
                                    1,
                                    "onStatus",
                                    0,
                                    null,
                                    Map.of(
                                            "level",
                                            "error",
                                            "code",
                                            refusal,
                                            "description",
                                            "the key does not fit"));
                            return;
                        }
                        reply(
                                writer,
                                1,
                                "onStatus",
                                0,
                                null,
                                Map.of("level", "status", "code", "NetStream.Publish.Start"));
                        if (pings) {
                            writer.write(
                                    2, new RtmpMessage(4, 0, 0, new byte[] {0, 6, 1, 2, 3, 4}));
                        }
                    }
                    default -> received.add(new Received(name, number, 20, 0, message.body()));
                }
            }
        } catch (IOException e) {
            received.add(new Received("closed", number, -1, 0, new byte[0]));
        }
    }

    private static void reply(ChunkWriter writer, int streamId, @Nullable Object... values)
            throws IOException {
        writer.write(
                3, new RtmpMessage(RtmpMessage.COMMAND_AMF0, 0, streamId, Amf0.encode(values)));
    }

    @Override
    public void close() {
        try {
            server.close();
            Socket socket = current;
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
