package dev.confetti.platform;

/** What the screen says when the platform is ready. */
final class Welcome {
    private Welcome() {}

    static String text(PlatformConfig config) {
        return """

                Confetti is up.

                  pages    %1$s/
                  API      %1$s/v3/api-docs   health %1$s/actuator/health
                  media    %2$s/live/LIVE.flv
                  publish  %3$s/live   (in OBS: this as server, LIVE?key=KEY as stream key)
                  data     %4$s
                %5$s
                Ctrl-C stops it; the next start goes on with the same data.
                """
                .formatted(
                        config.publicUrl(),
                        config.mediaUrl(),
                        config.rtmpUrl(),
                        config.engines().dataDir(),
                        config.devAuth()
                                ? "  tokens   POST "
                                        + config.publicUrl()
                                        + "/v1/dev/tokens   (dev-auth is on: anybody can be"
                                        + " anybody)\n"
                                : "");
    }
}
