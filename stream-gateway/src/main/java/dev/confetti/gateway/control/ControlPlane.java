package dev.confetti.gateway.control;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The service, as the gateway sees it. No call blocks, and no stage ever completes exceptionally:
 * whatever goes wrong is an {@link Answer}.
 */
public interface ControlPlane {
    /**
     * Whether someone with this key may publish on the live; a grant replaces an older publisher.
     *
     * @param publisherId our name for this one connection
     */
    CompletionStage<Answer> authorise(String liveId, String streamKey, UUID publisherId);

    /** The publisher's first media has arrived: the live is on. May be said again. */
    CompletionStage<Answer> started(String liveId, UUID publisherId);

    /** The publisher is still there. */
    CompletionStage<Answer> renew(String liveId, UUID publisherId, int viewers);

    /** The publisher went. May be said again. */
    CompletionStage<Answer> gone(String liveId, UUID publisherId);
}
