package dev.confetti.gateway.fake;

import dev.confetti.gateway.amf.Amf0Reader;
import dev.confetti.gateway.amf.Amf0Writer;
import dev.confetti.gateway.amf.AmfValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A small RTMP client on a plain socket: publishes and plays, and can be rude. */
public final class RtmpTestClient implements AutoCloseable {
    private static final int CHUNK_BYTES = 4096;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Map<Integer, int[]> headers = new HashMap<>();
    private final Map<Integer, ByteArrayOutputStream> bodies = new HashMap<>();
    private int peerChunkBytes = 128;
    private int chunkBytes = 128;

    /**
     * A whole message from the server.
     *
     * @param timestampMs absolute
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Message(int type, int timestampMs, byte[] body) {
        public List<AmfValue> amf() {
            return Amf0Reader.readAll(Unpooled.wrappedBuffer(body));
        }
    }

    private RtmpTestClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /** Opens a connection without a word. */
    public static RtmpTestClient open(int port) throws IOException {
        return new RtmpTestClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Opens a connection over TLS; the certificate must be one for the loopback address. */
    public static RtmpTestClient open(int port, SSLContext tls) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return new RtmpTestClient(socket);
    }

    /** Opens a connection and shakes hands. */
    public static RtmpTestClient shakeHands(int port) throws IOException {
        return shakeHands(open(port));
    }

    private static RtmpTestClient shakeHands(RtmpTestClient client) throws IOException {
        byte[] c0c1 = new byte[1537];
        c0c1[0] = 3;
        for (int i = 9; i < c0c1.length; i++) {
            c0c1[i] = (byte) (i * 7);
        }
        client.out.write(c0c1);
        byte[] s0s1s2 = client.in.readNBytes(3073);
        client.out.write(s0s1s2, 1, 1536);
        return client;
    }

    /** Opens, shakes hands, connects to the application and makes a stream. */
    public static RtmpTestClient connect(int port) throws IOException {
        return connect(open(port));
    }

    /** The same over TLS. */
    public static RtmpTestClient connect(int port, SSLContext tls) throws IOException {
        return connect(open(port, tls));
    }

    private static RtmpTestClient connect(RtmpTestClient opened) throws IOException {
        RtmpTestClient client = shakeHands(opened);
        client.command("connect", 1, new AmfValue.Obj(Map.of("app", AmfValue.of("live"))));
        client.awaitCommand("_result");
        client.setChunkSize(CHUNK_BYTES);
        client.command("createStream", 2, AmfValue.Nothing.NULL);
        client.awaitCommand("_result");
        return client;
    }

    /**
     * Asks to publish.
     *
     * @return the status code of the answer
     */
    public String publish(String name) throws IOException {
        command("publish", 5, AmfValue.Nothing.NULL, AmfValue.of(name), AmfValue.of("live"));
        return awaitStatus();
    }

    public void play(String name) throws IOException {
        command("play", 5, AmfValue.Nothing.NULL, AmfValue.of(name));
    }

    /** Both sequence headers at time 0. */
    public void sendHeaders() throws IOException {
        message(9, 0, TestMedia.videoConfig());
        message(8, 0, TestMedia.audioConfig());
    }

    public void command(String name, double transaction, AmfValue... values) throws IOException {
        ByteBuf body = Unpooled.buffer();
        Amf0Writer.writeAll(body, List.of(AmfValue.of(name), AmfValue.of(transaction)));
        Amf0Writer.writeAll(body, List.of(values));
        message(20, 0, ByteBufUtil.getBytes(body));
    }

    public void setChunkSize(int bytes) throws IOException {
        message(1, 0, TestMedia.hex("%08x".formatted(bytes)));
        chunkBytes = bytes;
    }

    /** Sends one message with an absolute header on chunk stream 6. */
    public void message(int type, int timestampMs, byte[] body) throws IOException {
        ByteBuf chunks = Unpooled.buffer();
        boolean extended = Integer.compareUnsigned(timestampMs, 0xffffff) >= 0;
        chunks.writeByte(6)
                .writeMedium(extended ? 0xffffff : timestampMs)
                .writeMedium(body.length)
                .writeByte(type)
                .writeIntLE(1);
        if (extended) {
            chunks.writeInt(timestampMs);
        }
        for (int at = 0; at < body.length; at += chunkBytes) {
            if (at > 0) {
                chunks.writeByte(0xc6);
                if (extended) {
                    chunks.writeInt(timestampMs);
                }
            }
            chunks.writeBytes(body, at, Math.min(chunkBytes, body.length - at));
        }
        raw(ByteBufUtil.getBytes(chunks));
    }

    public void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The code of the next {@code onStatus}. */
    public String awaitStatus() throws IOException {
        return status(awaitCommand("onStatus"), "code");
    }

    public static String status(List<AmfValue> command, String property) {
        return command.get(3) instanceof AmfValue.Obj(var properties)
                        && properties.get(property) instanceof AmfValue.Text(String text)
                ? text
                : "";
    }

    public List<AmfValue> awaitCommand(String name) throws IOException {
        while (true) {
            Message message = next();
            if (message.type() == 20) {
                List<AmfValue> values = message.amf();
                if (values.getFirst().equals(AmfValue.of(name))) {
                    return values;
                }
            }
        }
    }

    /** The next whole message. */
    public Message next() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int id = first & 63;
            int[] header = headers.computeIfAbsent(id, k -> new int[4]); // time, length, type
            int format = first >> 6;
            if (format == 0) {
                header[0] = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                header[1] = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                header[2] = in.readUnsignedByte();
                in.readInt();
                header[3] = header[0] == 0xffffff ? 1 : 0;
                if (header[3] == 1) {
                    header[0] = in.readInt();
                }
            } else if (format == 3) {
                if (header[3] == 1) {
                    in.readInt();
                }
            } else {
                throw new IOException("test client reads fmt 0 and 3 only, got " + format);
            }
            ByteArrayOutputStream body =
                    bodies.computeIfAbsent(id, k -> new ByteArrayOutputStream());
            body.write(in.readNBytes(Math.min(peerChunkBytes, header[1] - body.size())));
            if (body.size() == header[1]) {
                bodies.remove(id);
                byte[] bytes = body.toByteArray();
                if (header[2] == 1) {
                    peerChunkBytes = Unpooled.wrappedBuffer(bytes).getInt(0);
                } else {
                    return new Message(header[2], header[0], bytes);
                }
            }
        }
    }

    /** Whether the server closes the connection before it says anything more of media. */
    public boolean closedByServer() throws IOException {
        try {
            while (true) {
                in.readByte();
            }
        } catch (EOFException | SocketException | SSLException e) {
            return true;
        }
    }

    /** Goes without a goodbye. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
