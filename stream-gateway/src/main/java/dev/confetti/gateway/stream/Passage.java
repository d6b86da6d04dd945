package dev.confetti.gateway.stream;

/**
 * What stands between a viewer and its socket, for bytes that go past the pipeline.
 *
 * <p>Called on the channel's event loop.
 */
public interface Passage {
    /** Nothing is in the way, and nobody counts. */
    Passage FREE =
            new Passage() {
                @Override
                public boolean open() {
                    return true;
                }

                @Override
                public void passed(int bytes) {}
            };

    /** Whether no handler would change or hold bytes now. */
    boolean open();

    /** That many bytes have gone past. */
    void passed(int bytes);
}
