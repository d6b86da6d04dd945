package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.stream.LiveName;
import org.jspecify.annotations.Nullable;

/**
 * What {@code connect} names: our one application, and in some encoders' way of cutting a URL the
 * live or its key as well.
 *
 * @param liveId empty when it is not here
 * @param streamKey empty when it is not here
 * @param playToken empty when it is not here
 */
record ConnectPath(String liveId, String streamKey, String playToken) {
    static final String APP = "live";
    private static final String TOKEN = "token";

    /**
     * Reads {@code live}, {@code live/{liveId}}, either with {@code ?key={streamKey}} or {@code
     * ?token={playToken}}.
     *
     * @param app as {@code connect} says it; empty when it says none, then the URL's path counts
     * @param tcUrl the URL of the server, or all of the stream's; may be empty
     * @return null when it is another application
     */
    static @Nullable ConnectPath parse(String app, String tcUrl) {
        String path = withoutSlashes(beforeQuery(app.isEmpty() ? pathOf(tcUrl) : app));
        String key = eitherOf(app, tcUrl, StreamPath.KEY);
        String token = eitherOf(app, tcUrl, TOKEN);
        if (path.equals(APP)) {
            return new ConnectPath("", key, token);
        }
        String liveId = path.startsWith(APP + "/") ? path.substring(APP.length() + 1) : "";
        return LiveName.valid(liveId) ? new ConnectPath(liveId, key, token) : null;
    }

    /** The play token in a stream's name, or else the one here; empty when there is none. */
    String playToken(String name) {
        String own = parameter(name, TOKEN);
        return own.isEmpty() ? playToken : own;
    }

    private static String eitherOf(String first, String second, String parameter) {
        String value = parameter(first, parameter);
        return value.isEmpty() ? parameter(second, parameter) : value;
    }

    /** The last such parameter in the query of a name or URL; empty when there is none. */
    static String parameter(String text, String name) {
        String value = "";
        int question = text.indexOf('?');
        if (question >= 0) {
            for (String parameter : text.substring(question + 1).split("&", -1)) {
                if (parameter.startsWith(name + "=")) {
                    value = parameter.substring(name.length() + 1);
                }
            }
        }
        return value;
    }

    private static String pathOf(String url) {
        int authority = url.indexOf("://");
        int slash = authority < 0 ? -1 : url.indexOf('/', authority + 3);
        return slash < 0 ? "" : url.substring(slash);
    }

    static String beforeQuery(String text) {
        int question = text.indexOf('?');
        return question < 0 ? text : text.substring(0, question);
    }

    static String withoutSlashes(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == '/') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(start, end);
    }
}
