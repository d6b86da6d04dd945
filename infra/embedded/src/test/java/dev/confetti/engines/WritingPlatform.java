package dev.confetti.engines;

import java.nio.file.Path;

/** A platform in a JVM of its own that writes something and then waits to be killed. */
final class WritingPlatform {
    static final String WRITTEN = "written";

    private WritingPlatform() {}

    @SuppressWarnings("resource") // a killed process closes nothing
    public static void main(String[] args) throws Exception {
        EnginesTest.write(Engines.start(EnginesConfig.onFreePorts(Path.of(args[0]))));
        System.out.println(WRITTEN);
        Thread.sleep(Long.MAX_VALUE);
    }
}
