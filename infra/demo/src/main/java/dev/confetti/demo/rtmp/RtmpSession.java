package dev.confetti.demo.rtmp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One RTMP connection that is publishing. A virtual thread of its own reads what the server says.
 *
 * <p>Sending is for one thread at a time; closing is for any.
 */
final class RtmpSession implements Closeable {
    private static final int HANDSHAKE_BYTES = 1536;
    private static final int VERSION = 3;
    private static final int CHUNK_BYTES = 4096;
    private static final int COMMANDS = 3;
    private static final int AUDIO_CHUNKS = 4;
    private static final int VIDEO_CHUNKS = 6;
    private static final int PING_REQUEST = 6;
    private static final int PING_RESPONSE = 7;

    private final Socket socket;
    private final ChunkReader reader;
    private final ChunkWriter writer;
    private final OutputStream out;
    private final Object sending = new Object();
    private long windowBytes;
    private long acknowledgedBytes;
    private int streamId;
    private volatile @Nullable RtmpRefusedException refusal;

    private RtmpSession(Socket socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.reader = new ChunkReader(in);
        this.writer = new ChunkWriter(out);
        this.out = out;
    }

    /**
     * Connects and publishes: returns when the server has said that publishing has started.
     *
     * @param timeoutMs for each answer of the server
     * @throws RtmpRefusedException when the server refused
     * @throws IOException when there is no such server, or none that speaks RTMP
     */
    static RtmpSession open(RtmpTarget target, int timeoutMs, RandomGenerator random)
            throws IOException, RtmpRefusedException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(target.host(), target.port()), timeoutMs);
            socket.setSoTimeout(timeoutMs);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            shakeHands(in, out, random);
            RtmpSession session = new RtmpSession(socket, in, out);
            session.connect(target);
            session.publish(target);
            socket.setSoTimeout(0);
            Thread.ofVirtual().name("rtmp-replies").start(session::readReplies);
            return session;
        } catch (IOException | RtmpRefusedException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static void shakeHands(InputStream in, OutputStream out, RandomGenerator random)
            throws IOException {
        byte[] ours = new byte[HANDSHAKE_BYTES];
        random.nextBytes(ours);
        // Time and version 0: a plain handshake, without digests.
        ByteBuffer.wrap(ours).putInt(0).putInt(0);
        out.write(VERSION);
        out.write(ours);
        out.flush();
        int version = in.read();
        if (version != VERSION) {
            throw version < 0
                    ? new EOFException("the server closed the connection during the handshake")
                    : new IOException(
                            "expected an RTMP server (version 3), got a first byte of " + version);
        }
        byte[] theirs = in.readNBytes(HANDSHAKE_BYTES);
        if (theirs.length < HANDSHAKE_BYTES
                || in.readNBytes(HANDSHAKE_BYTES).length < HANDSHAKE_BYTES) {
            throw new EOFException("the server closed the connection during the handshake");
        }
        out.write(theirs);
        out.flush();
    }

    private void connect(RtmpTarget target) throws IOException, RtmpRefusedException {
        synchronized (sending) {
            writer.setChunkBytes(CHUNK_BYTES);
        }
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("app", target.application());
        about.put("type", "nonprivate");
        about.put("flashVer", "FMLE/3.0 (compatible; Confetti demo)");
        about.put("tcUrl", target.connectionUrl());
        command(0, "connect", 1, about);
        awaitResult(1);
    }

    private void publish(RtmpTarget target) throws IOException, RtmpRefusedException {
        command(0, "releaseStream", 2, null, target.streamName());
        command(0, "FCPublish", 3, null, target.streamName());
        command(0, "createStream", 4, null);
        List<@Nullable Object> created = awaitResult(4);
        if (created.size() < 4 || !(created.get(3) instanceof Double number)) {
            throw new IOException(
                    "expected a stream number in the answer to createStream, got " + created);
        }
        streamId = number.intValue();
        command(streamId, "publish", 5, null, target.streamName(), target.application());
        while (true) {
            List<@Nullable Object> reply = nextCommand();
            if ("onStatus".equals(reply.getFirst())) {
                throwIfRefused(reply);
                if ("NetStream.Publish.Start".equals(field(reply, "code"))) {
                    return;
                }
            }
            if (isAnswerTo(reply, 5)) {
                throwIfRefused(reply);
            }
        }
    }

    /** Sends one packet. */
    void send(int type, long timestampMs, byte[] body) throws IOException, RtmpRefusedException {
        RtmpRefusedException refused = refusal;
        if (refused != null) {
            throw refused;
        }
        try {
            write(
                    type == RtmpMessage.VIDEO ? VIDEO_CHUNKS : AUDIO_CHUNKS,
                    new RtmpMessage(type, timestampMs, streamId, body));
        } catch (IOException e) {
            // The server may have said why before it closed.
            refused = refusal;
            if (refused != null) {
                throw refused;
            }
            throw e;
        }
    }

    /** Says goodbye, so that the server need not wait for the connection to be missed. */
    void unpublish(RtmpTarget target) throws IOException {
        command(0, "FCUnpublish", 6, null, target.streamName());
        command(0, "deleteStream", 7, null, streamId);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void command(int onStream, @Nullable Object... values) throws IOException {
        write(
                COMMANDS,
                new RtmpMessage(RtmpMessage.COMMAND_AMF0, 0, onStream, Amf0.encode(values)));
    }

    private void write(int chunkStream, RtmpMessage message) throws IOException {
        synchronized (sending) {
            writer.write(chunkStream, message);
            out.flush();
        }
    }

    private List<@Nullable Object> awaitResult(int transaction)
            throws IOException, RtmpRefusedException {
        while (true) {
            List<@Nullable Object> reply = nextCommand();
            boolean ours = isAnswerTo(reply, transaction);
            if (ours || "onStatus".equals(reply.getFirst())) {
                throwIfRefused(reply);
            }
            if (ours) {
                return reply;
            }
        }
    }

    private static boolean isAnswerTo(List<@Nullable Object> reply, int transaction) {
        return ("_result".equals(reply.getFirst()) || "_error".equals(reply.getFirst()))
                && reply.size() > 1
                && reply.get(1) instanceof Double number
                && number.intValue() == transaction;
    }

    private static void throwIfRefused(List<@Nullable Object> reply) throws RtmpRefusedException {
        if ("_error".equals(reply.getFirst()) || "error".equals(field(reply, "level"))) {
            throw new RtmpRefusedException(
                    Objects.requireNonNullElse(field(reply, "code"), "(no code)"),
                    Objects.requireNonNullElse(field(reply, "description"), ""));
        }
    }

    /** A text of the reply's information object, which is its last value. */
    private static @Nullable String field(List<@Nullable Object> reply, String name) {
        return reply.getLast() instanceof Map<?, ?> fields
                        && fields.get(name) instanceof String text
                ? text
                : null;
    }

    private void readReplies() {
        try {
            while (true) {
                throwIfRefused(nextCommand());
            }
        } catch (RtmpRefusedException e) {
            refusal = e;
        } catch (IOException e) {
            // The sending thread sees the same on its side.
        } finally {
            try {
                socket.close();
            } catch (IOException e) {
                // Closed either way.
            }
        }
    }

    /** The next command; control messages on the way are answered. Never empty. */
    private List<@Nullable Object> nextCommand() throws IOException {
        while (true) {
            RtmpMessage message = reader.next();
            acknowledge();
            switch (message.type()) {
                case RtmpMessage.COMMAND_AMF0 -> {
                    List<@Nullable Object> values = Amf0.decode(message.body());
                    if (!values.isEmpty()) {
                        return values;
                    }
                }
                case RtmpMessage.WINDOW_ACKNOWLEDGEMENT_SIZE -> {
                    if (message.body().length >= 4) {
                        windowBytes = ByteBuffer.wrap(message.body()).getInt() & 0xffff_ffffL;
                    }
                }
                case RtmpMessage.USER_CONTROL -> pong(message.body());
                default -> {
                    // Nothing else concerns a publisher.
                }
            }
        }
    }

    private void acknowledge() throws IOException {
        long read = reader.bytesRead();
        if (windowBytes > 0 && read - acknowledgedBytes >= windowBytes) {
            acknowledgedBytes = read;
            write(
                    2,
                    new RtmpMessage(
                            RtmpMessage.ACKNOWLEDGEMENT,
                            0,
                            0,
                            ByteBuffer.allocate(4).putInt((int) read).array()));
        }
    }

    private void pong(byte[] event) throws IOException {
        if (event.length >= 6 && ByteBuffer.wrap(event).getShort() == PING_REQUEST) {
            byte[] answer = event.clone();
            ByteBuffer.wrap(answer).putShort((short) PING_RESPONSE);
            write(2, new RtmpMessage(RtmpMessage.USER_CONTROL, 0, 0, answer));
        }
    }
}
