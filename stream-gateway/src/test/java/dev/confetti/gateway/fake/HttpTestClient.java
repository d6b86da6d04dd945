package dev.confetti.gateway.fake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A plain socket that speaks HTTP, and reads FLV tags or lines after the head. */
public final class HttpTestClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final String head;

    /** One FLV tag. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Tag(int type, long timestampMs, byte[] body) {
        public boolean key() {
            return type == 9 && body[0] == 0x17 && body[1] == 1;
        }

        public boolean picture() {
            return type == 9 && body[1] == 1;
        }

        /** The last byte, by which test frames are numbered. */
        public int number() {
            return body[body.length - 1] & 0xff;
        }
    }

    private HttpTestClient(int port, String request) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        head = request.isEmpty() ? "" : readHead();
    }

    public static HttpTestClient get(int port, String path) throws IOException {
        return send(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    public static HttpTestClient send(int port, String request) throws IOException {
        return new HttpTestClient(port, request);
    }

    public static HttpTestClient webSocket(int port, String path) throws IOException {
        return send(port, upgrade(path));
    }

    public static String upgrade(String path) {
        return "GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            bytes.write(b);
            text = bytes.toString(StandardCharsets.ISO_8859_1);
        }
        return text;
    }

    public String head() {
        return head;
    }

    public int status() {
        return head.isEmpty() ? -1 : Integer.parseInt(head.split(" ", 3)[1]);
    }

    /** Everything until the server closes. */
    public String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The next answer's head, where no body follows. */
    public String nextHead() throws IOException {
        return readHead();
    }

    /** One whole answer. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(String head, byte[] body) {
        public int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** A header's value; empty where it is not there. */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }

    /** A connection on which nothing has been asked yet. */
    public static HttpTestClient open(int port) throws IOException {
        return new HttpTestClient(port, "");
    }

    /** Asks for a path on this connection, and reads the answer. */
    public Answer ask(String path) throws IOException {
        request(path);
        return answer();
    }

    /** Asks for a path on this connection. */
    public void request(String path) throws IOException {
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** The answer whose head has been read, with its body. */
    public Answer first() throws IOException {
        return withBody(head);
    }

    /** The next answer on this connection. */
    public Answer answer() throws IOException {
        return withBody(readHead());
    }

    private Answer withBody(String answerHead) throws IOException {
        if (answerHead.isEmpty()) {
            throw new EOFException("closed before an answer");
        }
        Answer empty = new Answer(answerHead, new byte[0]);
        int length = Integer.parseInt(empty.header("content-length"));
        return new Answer(answerHead, in.readNBytes(length));
    }

    public byte[] bytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** The file header, and the tag size 0 after it. */
    public byte[] flvHeader() throws IOException {
        return in.readNBytes(13);
    }

    public Tag tag() throws IOException {
        int type = in.readUnsignedByte();
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        long timestampMs = (long) in.readUnsignedByte() << 16 | in.readUnsignedShort();
        timestampMs |= (long) in.readUnsignedByte() << 24;
        in.readNBytes(3);
        byte[] body = in.readNBytes(length);
        int size = in.readInt();
        if (size != length + 11) {
            throw new IOException("tag size " + size + " after a tag of " + (length + 11));
        }
        return new Tag(type, timestampMs, body);
    }

    /** Tags up to and with the picture of this number. */
    public List<Tag> tagsThrough(int number) throws IOException {
        List<Tag> tags = new ArrayList<>();
        do {
            tags.add(tag());
        } while (!(tags.getLast().picture() && tags.getLast().number() == number));
        return tags;
    }

    public String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) != '\n') {
            if (b < 0) {
                throw new EOFException("closed inside a line");
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The next line that begins so. */
    public String lineWith(String prefix) throws IOException {
        String line;
        do {
            line = line();
        } while (!line.startsWith(prefix));
        return line;
    }

    public void raw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public boolean closedByServer() throws IOException {
        try {
            in.readAllBytes();
            return true;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
