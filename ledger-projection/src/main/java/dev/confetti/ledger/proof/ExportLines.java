package dev.confetti.ledger.proof;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text that each end in CR LF, read one by one. Not thread-safe. */
final class ExportLines {
    /** A gift from a thousand lots, the most a wallet has, is some 80 KB. */
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 10);
    private long number;

    ExportLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** The next line without its end; null after the last one. */
    @Nullable String next() throws IOException, ExportFault {
        line.reset();
        number++;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return text();
            }
            line.write(next);
            if (line.size() > MAX_LINE_BYTES) {
                throw new ExportFault(
                        number, "longer than " + MAX_LINE_BYTES + " bytes: expected an export");
            }
        }
        if (line.size() > 0) {
            throw new ExportFault(number, "ends the file: expected CR LF after it");
        }
        return null;
    }

    private String text() throws ExportFault {
        byte[] bytes = line.toByteArray();
        int length = bytes.length - 1;
        if (length < 0 || bytes[length] != '\r') {
            throw new ExportFault(number, "ends in LF alone: expected CR LF");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ExportFault(number, "is no UTF-8: expected the bytes of the export");
        }
    }
}
