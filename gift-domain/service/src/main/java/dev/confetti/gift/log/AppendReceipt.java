package dev.confetti.gift.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By which the caller of a command learns where its events went in the log.
 *
 * <p>Works where the command is handled in the caller's own thread, as by a {@code
 * SimpleCommandBus}.
 */
public final class AppendReceipt {
    private static final ScopedValue<AppendReceipt> CURRENT = ScopedValue.newInstance();

    private @Nullable Appended appended;

    private AppendReceipt() {}

    /**
     * What a command gave, and what it appended.
     *
     * @param appended empty when the command brought forth no event; of several appends the last
     */
    public record Captured<T extends @Nullable Object>(T value, Optional<Appended> appended) {}

    /** Runs something that may send a command, and keeps where its events went. */
    public static <T extends @Nullable Object, X extends Throwable> Captured<T> capture(
            ScopedValue.CallableOp<? extends T, X> command) throws X {
        AppendReceipt receipt = new AppendReceipt();
        T value = ScopedValue.where(CURRENT, receipt).call(command);
        return new Captured<>(value, Optional.ofNullable(receipt.appended));
    }

    static void hand(Appended appended) {
        if (CURRENT.isBound()) {
            CURRENT.get().appended = appended;
        }
    }
}
