package dev.confetti.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs of the system that some tests use where they are installed. */
final class Tools {
    private Tools() {}

    static boolean installed(String program) {
        return find(program) != null;
    }

    static @Nullable String chromium() {
        String chromium = find("chromium");
        return chromium != null ? chromium : find("chromium-browser");
    }

    static Process start(Path output, String... command) throws IOException {
        return startIn(Path.of("."), output, command);
    }

    static Process startIn(Path folder, Path output, String... command) throws IOException {
        return new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static @Nullable String find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }
}
