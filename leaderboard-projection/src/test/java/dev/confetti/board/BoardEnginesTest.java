package dev.confetti.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.EmbeddedRedisCluster;
import dev.confetti.engines.TestEngines;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BoardEnginesTest {
    private static final String VOLATILE = "Redis keeps no append-only file";

    @Test
    void openOnACluster(@TempDir Path folder, CapturedOutput output) {
        try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start(folder);
                BoardEngines engines = new BoardEngines(cluster.url())) {
            assertThat(engines.redis().exists("board:{0}:generation")).isFalse();
            assertThat(output).doesNotContain(VOLATILE).doesNotContain("could not ask");
        }
    }

    @Test
    void aServerThatKeepsNothingIsWarnedOf(CapturedOutput output) {
        URI url = TestEngines.freshRedis();
        try (BoardEngines engines = new BoardEngines(url)) {
            assertThat(output).doesNotContain(VOLATILE);
            engines.redis().configSet("appendonly", "no");
            try (BoardEngines others = new BoardEngines(url)) {
                assertThat(others.names()).isNotNull();
                assertThat(output).contains(VOLATILE);
            } finally {
                engines.redis().configSet("appendonly", "yes");
            }
        }
    }
}
