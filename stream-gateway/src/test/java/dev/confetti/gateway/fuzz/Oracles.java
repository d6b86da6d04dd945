package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What must hold whatever comes in, beside what each class asks for. */
final class Oracles {
    /** For what is made once or does not depend on the input, such as a first use of a class. */
    private static final long FREE_BYTES = 4 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Warnings WARNINGS = new Warnings();

    static {
        WARNINGS.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(WARNINGS);
    }

    private Oracles() {}

    /** A refusal says what was expected. */
    static void saysWhatWasExpected(Exception refusal) {
        assertThat(refusal).hasMessageContaining("expected");
    }

    /**
     * Runs, and sees to it that no more memory was taken than goes with the input: a length that is
     * only declared takes none. Where a run takes too much it is repeated, since the first use of a
     * class loads it.
     *
     * @param bytesPerByte that may be allocated for each byte of the input, garbage counted
     */
    static void inMemoryOf(byte[] input, int bytesPerByte, Runnable run) {
        long most = FREE_BYTES + (long) bytesPerByte * input.length;
        long taken = allocated(run);
        if (taken > most) {
            taken = allocated(run);
        }
        assertThat(taken).as("bytes allocated for %d", input.length).isLessThanOrEqualTo(most);
    }

    private static long allocated(Runnable run) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Runs, and sees to it that this thread logged no warning: that would be an error of ours. */
    static void withoutWarnings(Runnable run) {
        WARNINGS.seen.clear();
        run.run();
        assertThat(WARNINGS.seen).as("warnings").isEmpty();
    }

    private static final class Warnings extends AppenderBase<ILoggingEvent> {
        private final List<String> seen = new ArrayList<>();
        private final long threadId = Thread.currentThread().threadId();

        @Override
        protected void append(ILoggingEvent event) {
            if (Thread.currentThread().threadId() == threadId
                    && event.getLevel().isGreaterOrEqual(Level.WARN)) {
                IThrowableProxy cause = event.getThrowableProxy();
                seen.add(
                        event.getFormattedMessage()
                                + (cause == null ? "" : "\n" + ThrowableProxyUtil.asString(cause)));
            }
        }
    }
}
