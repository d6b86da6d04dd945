package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.stream.LiveName;
import org.jspecify.annotations.Nullable;

/**
 * The name that a client publishes or plays: {@code {liveId}} or {@code {liveId}?key={streamKey}}.
 *
 * @param streamKey empty when there is none
 */
record StreamPath(String liveId, String streamKey) {
    private static final int MAX_KEY_CHARS = 256;

    /** Null when the name cannot be that of a live. */
    static @Nullable StreamPath parse(String name) {
        int question = name.indexOf('?');
        String liveId = question < 0 ? name : name.substring(0, question);
        if (!LiveName.valid(liveId)) {
            return null;
        }
        String key = "";
        if (question >= 0) {
            for (String parameter : name.substring(question + 1).split("&", -1)) {
                if (parameter.startsWith("key=")) {
                    key = parameter.substring("key=".length());
                }
            }
        }
        return new StreamPath(liveId, key.length() <= MAX_KEY_CHARS ? key : "");
    }
}
