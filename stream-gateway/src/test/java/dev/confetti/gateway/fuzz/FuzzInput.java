package dev.confetti.gateway.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The bytes of one input, taken from the front; where they end there are zeros. */
final class FuzzInput {
    private static final int MOST_PIECES = 64;

    private final ByteBuf bytes;

    FuzzInput(byte[] bytes) {
        this.bytes = Unpooled.wrappedBuffer(bytes);
    }

    boolean isEmpty() {
        return !bytes.isReadable();
    }

    /** 0 to 255. */
    int oneByte() {
        return bytes.isReadable() ? bytes.readUnsignedByte() : 0;
    }

    /** 0 to 65,535. */
    int twoBytes() {
        return oneByte() << 8 | oneByte();
    }

    /** At most so many bytes. */
    byte[] upTo(int count) {
        byte[] taken = new byte[Math.min(count, bytes.readableBytes())];
        bytes.readBytes(taken);
        return taken;
    }

    byte[] rest() {
        return upTo(Integer.MAX_VALUE);
    }

    /** Bytes cut at odd places, which the seed chooses; the last piece takes what is left. */
    static List<byte[]> pieces(byte[] whole, int seed) {
        Random random = new Random(seed);
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < whole.length) {
            int length =
                    pieces.size() == MOST_PIECES
                            ? whole.length - at
                            : Math.min(
                                    1 + random.nextInt(1 + random.nextInt(whole.length)),
                                    whole.length - at);
            pieces.add(Arrays.copyOfRange(whole, at, at + length));
            at += length;
        }
        return pieces;
    }
}
