package dev.confetti.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
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
}
