package dev.confetti.ledger.finance;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An answer that says its status before its first byte, and is not given when nobody takes that
 * down. For one thread, as a request is.
 */
final class LoggedResponse extends HttpServletResponseWrapper {
    private static final int MOST_DISCARDED = 1 << 20;

    private final IntPredicate takeDown;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;
    private boolean asked;
    private boolean refused;
    private int discarded;

    /**
     * An answer around another.
     *
     * @param takeDown is told the status, once; false when it could not be taken down
     */
    LoggedResponse(HttpServletResponse response, IntPredicate takeDown) {
        super(response);
        this.takeDown = takeDown;
    }

    /** Whether the answer must not be given. */
    boolean isRefused() {
        return refused;
    }

    /** The answer is whole, and may have been without a body. */
    void end() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        begins(getStatus());
    }

    /** The answer broke off; whether that could be taken down, as an error of ours. */
    boolean failed() {
        return begins(SC_INTERNAL_SERVER_ERROR);
    }

    /** Whether the answer may go on; asked first, it is taken down. */
    private boolean begins(int status) {
        if (!asked) {
            asked = true;
            refused = !takeDown.test(status);
        }
        return !refused;
    }

    /** What nobody will get is not worth to be made for long. */
    private void discard(int bytes) throws IOException {
        discarded += bytes;
        if (discarded > MOST_DISCARDED) {
            throw new IOException("expected the access to be logged, so nothing is answered");
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        if (begins(status)) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (begins(status)) {
            super.sendError(status, message);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (begins(SC_FOUND)) {
            super.sendRedirect(location);
        }
    }

    @Override
    public void flushBuffer() throws IOException {
        if (begins(getStatus())) {
            super.flushBuffer();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream known = stream;
        if (known == null) {
            known = new LoggedStream(super.getOutputStream());
            stream = known;
        }
        return known;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter known = writer;
        if (known == null) {
            known =
                    new PrintWriter(
                            new OutputStreamWriter(
                                    getOutputStream(), Charset.forName(getCharacterEncoding())));
            writer = known;
        }
        return known;
    }

    private final class LoggedStream extends ServletOutputStream {
        private final ServletOutputStream to;

        LoggedStream(ServletOutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            if (begins(getStatus())) {
                to.write(b);
            } else {
                discard(1);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (begins(getStatus())) {
                to.write(bytes, offset, length);
            } else {
                discard(length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (begins(getStatus())) {
                to.flush();
            }
        }

        @Override
        public void close() throws IOException {
            if (begins(getStatus())) {
                to.close();
            }
        }

        @Override
        public boolean isReady() {
            return to.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            to.setWriteListener(listener);
        }
    }
}
