package dev.confetti.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OnPlatformTest {
    @TempDir private Path folder;

    private static String errorOf(CommandLine line, String command) {
        StringWriter said = new StringWriter();
        line.setErr(new PrintWriter(said));
        assertThat(line.execute(command.split(" "))).isEqualTo(1);
        return said.toString().strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "rebuild ledger"})
    void aFolderThatIsNotThereIsRefusedByNameWhetherOptionOrVariable(String command) {
        Path none = folder.resolve("none");
        String refusal =
                "confetti: --data " + none + ": expected the data folder of a platform, found none";
        CommandLine byVariable = Confetti.commandLine(Map.of("CONFETTI_DATA", none.toString()));
        assertThat(errorOf(byVariable, command)).isEqualTo(refusal);
        assertThat(errorOf(Confetti.commandLine(Map.of()), command + " --data " + none))
                .isEqualTo(refusal);
    }

    @Test
    void whereAPlatformRunsTheTaskIsDoneOnItsEnginesAndTellsTheExitCode() throws Exception {
        OnPlatform platform =
                CommandLine.populateCommand(
                        new OnPlatform(), "--data", folder.toString(), "--port-offset", "7");
        try (FileChannel inUse = inUse(folder)) {
            assertThat(inUse.isOpen()).isTrue();
            List<String> engines = new ArrayList<>();
            assertThat(
                            platform.run(
                                    Map.of(),
                                    running -> {
                                        engines.add(running.postgres().jdbcUrl());
                                        engines.add(running.redis().toString());
                                        return true;
                                    }))
                    .isZero();
            assertThat(engines)
                    .containsExactly(
                            "jdbc:postgresql://127.0.0.1:15439/confetti",
                            "redis://127.0.0.1:16386");
            assertThat(platform.run(Map.of(), running -> false)).isEqualTo(1);
        }
    }

    @Test
    void anOffsetThatIsNotThePlatformsIsNamed() throws Exception {
        OnPlatform platform =
                CommandLine.populateCommand(
                        new OnPlatform(), "--data", folder.toString(), "--port-offset", "7");
        try (FileChannel inUse = inUse(folder)) {
            assertThat(inUse.isOpen()).isTrue();
            assertThatThrownBy(
                            () ->
                                    platform.run(
                                            Map.of(),
                                            running -> {
                                                throw new SQLException("refused", "08001");
                                            }))
                    .isInstanceOf(PlatformException.class)
                    .hasMessage(
                            "a platform runs on --data %s, but not with --port-offset 7: no PostgreSQL at"
                                    + " jdbc:postgresql://127.0.0.1:15439/confetti; expected the offset that it was"
                                    + " started with",
                            folder);
            assertThatThrownBy(
                            () ->
                                    platform.run(
                                            Map.of(),
                                            running -> {
                                                throw new SQLException("broken", "22000");
                                            }))
                    .isInstanceOf(SQLException.class);
        }
    }

    /** As a platform that runs on it holds it. */
    static FileChannel inUse(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(
                        folder.resolve("confetti.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        file.lock();
        return file;
    }
}
