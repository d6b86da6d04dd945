package dev.confetti.gateway.leak;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Collects what Netty's leak detector reports, and fails the test class after which a report was
 * found. Found by JUnit itself, before any buffer is made.
 */
public final class LeakCheck implements AfterAllCallback {
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();
    private static final int ROUNDS = 4;

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(
                new ResourceLeakDetectorFactory() {
                    @Override
                    @SuppressWarnings("deprecation") // still the factory's abstract method
                    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                            Class<T> resource, int samplingInterval, long maxActive) {
                        return new Collecting<>(resource, samplingInterval);
                    }

                    @Override
                    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                            Class<T> resource, int samplingInterval) {
                        return new Collecting<>(resource, samplingInterval);
                    }
                });
    }

    private static final class Collecting<T> extends ResourceLeakDetector<T> {
        Collecting(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType);
        }
    }

    /** Collects garbage and makes the detector look at it. */
    public static List<String> leaks() {
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
            for (int j = 0; j < 16; j++) {
                ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(16);
                buffer.release();
            }
        }
        List<String> found = List.copyOf(LEAKS);
        LEAKS.clear();
        return found;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> found = leaks();
        if (!found.isEmpty()) {
            throw new AssertionError(
                    found.size()
                            + " buffers leaked in or before this class; the first: "
                            + found.getFirst());
        }
    }
}
