package dev.confetti.demo;

import java.net.URI;
import java.nio.file.Path;

/**
 * What the demo needs to know.
 *
 * @param apiUrl where the platform's API is, such as {@code http://127.0.0.1:8080}; it must give
 *     out dev tokens
 * @param rtmpUrl where to publish, such as {@code rtmp://127.0.0.1:1935/live}
 * @param dataFolder keeps the demo's own lives from one start to the next
 * @param seed decides who does what and when
 * @param lives how many lives at once, 1 to 10
 * @param viewersPerLive simulated viewers of each live, 1 to 1000
 * @param sendsPerSecond gift sends of all lives together, above 0 and up to 1000
 */
public record DemoConfig(
        URI apiUrl,
        String rtmpUrl,
        Path dataFolder,
        long seed,
        int lives,
        int viewersPerLive,
        double sendsPerSecond) {
    public DemoConfig {
        expect(lives >= 1 && lives <= 10, "lives", "1 to 10", lives);
        expect(
                viewersPerLive >= 1 && viewersPerLive <= 1000,
                "viewersPerLive",
                "1 to 1000",
                viewersPerLive);
        expect(
                sendsPerSecond > 0 && sendsPerSecond <= 1000,
                "sendsPerSecond",
                "above 0, up to 1000",
                sendsPerSecond);
        expect(
                rtmpUrl.startsWith("rtmp://"),
                "rtmpUrl",
                "rtmp://HOST[:PORT][/APPLICATION]",
                rtmpUrl);
    }

    /** One live, forty viewers, three gifts a second. */
    public static DemoConfig of(URI apiUrl, String rtmpUrl, Path dataFolder) {
        return new DemoConfig(apiUrl, rtmpUrl, dataFolder, 2026, 1, 40, 3);
    }

    /** The same with another number of lives. */
    public DemoConfig withLives(int count) {
        return new DemoConfig(
                apiUrl, rtmpUrl, dataFolder, seed, count, viewersPerLive, sendsPerSecond);
    }

    private static void expect(boolean holds, String name, String range, Object got) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "demo: expected " + name + " to be " + range + ", got " + got);
        }
    }
}
