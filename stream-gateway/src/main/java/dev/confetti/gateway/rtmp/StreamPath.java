package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.stream.LiveName;
import org.jspecify.annotations.Nullable;

/**
 * The live that a client publishes or plays, put together from {@code connect} and the stream's
 * name.
 *
 * @param streamKey empty when there is none
 */
record StreamPath(String liveId, String streamKey) {
    private static final int MAX_KEY_CHARS = 256;
    static final String KEY = "key";

    /**
     * Reads {@code {liveId}} or {@code {liveId}?key={streamKey}}. Where {@code connect} named the
     * live already, the name may be empty, repeat it, or be the key, as encoders have it that ask
     * for a server and a key.
     *
     * @return null when the name cannot be that of a live
     */
    static @Nullable StreamPath parse(ConnectPath connected, String name) {
        String path = ConnectPath.withoutSlashes(ConnectPath.beforeQuery(name));
        String key = ConnectPath.parameter(name, KEY);
        key = key.isEmpty() ? connected.streamKey() : key;
        String liveId = connected.liveId();
        if (liveId.isEmpty()) {
            liveId = path;
        } else if (!path.isEmpty() && !path.equals(liveId)) {
            if (!key.isEmpty()) {
                return null; // two lives
            }
            key = path;
        }
        if (!LiveName.valid(liveId)) {
            return null;
        }
        return new StreamPath(liveId, key.length() <= MAX_KEY_CHARS ? key : "");
    }
}
