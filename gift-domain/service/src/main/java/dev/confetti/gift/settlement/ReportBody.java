package dev.confetti.gift.settlement;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.io.IOException;
import java.io.InputStream;

/** A request's body that is read as it comes, up to a limit. Not thread-safe. */
final class ReportBody extends InputStream {
    private final InputStream in;
    private final long mostBytes;
    private long bytes;

    ReportBody(InputStream in, long mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /**
     * Reads some bytes.
     *
     * @throws RefusedException {@code content-too-large}
     */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        bytes += Math.max(0, read);
        if (bytes > mostBytes) {
            throw new RefusedException(
                    ProblemType.CONTENT_TOO_LARGE,
                    "body: expected at most " + mostBytes + " bytes, got more");
        }
        return read;
    }

    /**
     * Reads what is left, up to the limit, and drops it: a client that is still sending would not
     * look at an answer, and find the connection closed.
     */
    void drain() throws IOException {
        byte[] dropped = new byte[1 << 16];
        int read = 0;
        while (read >= 0 && bytes <= mostBytes) {
            read = in.read(dropped);
            bytes += Math.max(0, read);
        }
    }
}
